import type { JSX } from "preact";
import { NumberControl } from "../../panels/index.ts";
import type { EditorProps, Of } from "./props.ts";
import { Unit } from "./unit.tsx";

export function NumberEditor({ session, pointer, field }: EditorProps): JSX.Element {
  const { unit = "" } = field as Of<"number" | "integer">;
  return (
    <>
      <Unit session={session} pointer={`${pointer}/unit`} />
      <div class="fields-pair">
        <NumberControl session={session} pointer={`${pointer}/min`} unit={unit} />
        <NumberControl session={session} pointer={`${pointer}/max`} unit={unit} />
      </div>
      {field.type === "number" ? <NumberControl session={session} pointer={`${pointer}/decimals`} /> : null}
    </>
  );
}
