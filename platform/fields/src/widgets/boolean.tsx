import type { JSX } from "preact";
import { type FieldProps, useHost } from "../host.ts";
import { Option } from "./options.tsx";

export function BooleanWidget({ field, id, answer, readonly, change, settle }: FieldProps): JSX.Element {
  const host = useHost();
  const option = (value: boolean): JSX.Element => (
    <Option name={id} label={host.say(value ? "boolean.yes" : "boolean.no")} icon={value ? "check" : "cross"} checked={answer === value}
      disabled={readonly} testid={`${field.id}-${value ? "yes" : "no"}`} pick={() => { change(value); settle(); }} />
  );
  return <div class="options two" role="radiogroup" aria-labelledby={`${id}-label`}>{option(true)}{option(false)}</div>;
}
