import type { JSX } from "preact";
import { Choice, WordsControl } from "../../panels/index.ts";
import type { EditorProps } from "./props.ts";

export function SignatureEditor({ session, pointer }: EditorProps): JSX.Element {
  return (
    <>
      <Choice session={session} pointer={`${pointer}/who`} />
      <WordsControl session={session} pointer={`${pointer}/meaning`} />
    </>
  );
}
