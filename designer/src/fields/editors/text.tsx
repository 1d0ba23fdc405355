import type { JSX } from "preact";
import { NumberControl, WordsControl } from "../../panels/index.ts";
import type { EditorProps } from "./props.ts";

export function TextEditor({ session, pointer }: EditorProps): JSX.Element {
  return (
    <>
      <WordsControl session={session} pointer={`${pointer}/placeholder`} />
      <NumberControl session={session} pointer={`${pointer}/max_length`} />
    </>
  );
}
