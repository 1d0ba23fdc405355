import type { JSX } from "preact";
import { type FieldProps, useHost } from "../host.ts";

/** A field type whose plugin is not installed: shown, its answer kept, nothing to enter. */
export function UnknownWidget({ field, answer }: FieldProps): JSX.Element {
  const host = useHost();
  return (
    <div class="note warn">
      <div>
        <p>{host.say("field.unknown_type", { type: field.type })}</p>
        {answer === undefined ? null : <p>{typeof answer === "string" ? answer : JSON.stringify(answer)}</p>}
      </div>
    </div>
  );
}
