import type { JSX } from "preact";
import { type FieldProps, setting, useHost } from "../host.ts";
import { describedBy, textOf } from "./typing.ts";
import type { Words } from "@mendloop/engine";

export function LongTextWidget(props: FieldProps): JSX.Element {
  const host = useHost();
  const { field, id, answer, readonly, change, settle } = props;
  return (
    <textarea class="input" id={id} rows={4} readOnly={readonly} value={textOf(answer)}
      placeholder={host.read(setting<Words>(field.settings, "placeholder"))} {...describedBy(props)}
      onInput={(event) => { change(event.currentTarget.value); }} onBlur={settle} />
  );
}
