import type { JSX } from "preact";
import { List, NumberControl } from "../../panels/index.ts";
import type { EditorProps } from "./props.ts";

export function OptionsEditor({ session, pointer, field }: EditorProps): JSX.Element {
  return (
    <>
      <List session={session} pointer={`${pointer}/options`} stem="option" />
      {field.type === "multi_choice" ? (
        <div class="fields-pair">
          <NumberControl session={session} pointer={`${pointer}/min`} />
          <NumberControl session={session} pointer={`${pointer}/max`} />
        </div>
      ) : null}
    </>
  );
}
