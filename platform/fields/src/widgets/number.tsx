import type { Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { type FieldProps, setting } from "../host.ts";
import { NumberInput } from "./number_input.tsx";
import { isBounded, Range } from "./range.tsx";

export function NumberWidget(props: FieldProps): JSX.Element {
  const { settings } = props.field;
  return (
    <>
      <NumberInput {...props} unit={setting<Words | string>(settings, "unit")} decimals signed={(setting<number>(settings, "min") ?? -1) < 0} />
      {isBounded(settings) ? <Range settings={settings} /> : null}
    </>
  );
}
