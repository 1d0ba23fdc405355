import type { JSX } from "preact";
import { type FieldProps, setting } from "../host.ts";
import { describedBy, textOf } from "./typing.ts";

export function DateWidget(props: FieldProps): JSX.Element {
  const { field, id, answer, readonly, change, settle } = props;
  return (
    <input class="input" id={id} type="date" readOnly={readonly} value={textOf(answer)} min={setting<string>(field.settings, "min")}
      max={setting<string>(field.settings, "max")} {...describedBy(props)}
      onInput={(event) => { change(event.currentTarget.value || null); }} onBlur={settle} />
  );
}
