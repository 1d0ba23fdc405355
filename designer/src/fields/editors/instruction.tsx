import type { JSX } from "preact";
import { Choice, List, type RowProps, Toggle, WordsControl } from "../../panels/index.ts";
import { Pictures } from "../pictures/pictures.tsx";
import type { EditorProps, Of } from "./props.ts";

/** What to do, with what to beware of and what it looks like. */
export function InstructionEditor({ session, pointer, field }: EditorProps): JSX.Element {
  return (
    <>
      <WordsControl session={session} pointer={`${pointer}/text`} required />
      <Pictures session={session} pointer={`${pointer}/pictures`} pictures={(field as Of<"instruction">).pictures ?? []} />
      <List session={session} pointer={`${pointer}/safety`} show={(row) => <SafetyNote {...row} />} fold={null} />
      <Toggle session={session} pointer={`${pointer}/confirm`} />
    </>
  );
}

function SafetyNote({ session, pointer, row }: RowProps): JSX.Element {
  const { level } = row as { readonly level?: string };
  return (
    <div class={`fields-note ${level ?? ""}`}>
      <Choice session={session} pointer={`${pointer}/level`} bare />
      <WordsControl session={session} pointer={`${pointer}/text`} required bare />
    </div>
  );
}
