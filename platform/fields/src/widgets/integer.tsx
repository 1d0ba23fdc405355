import type { Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { type FieldProps, setting } from "../host.ts";
import { NumberInput } from "./number_input.tsx";
import { isBounded, Range } from "./range.tsx";

export function IntegerWidget(props: FieldProps): JSX.Element {
  const { settings } = props.field;
  return (
    <>
      <NumberInput {...props} unit={setting<Words | string>(settings, "unit")} decimals={false} signed={(setting<number>(settings, "min") ?? 0) < 0} />
      {isBounded(settings) ? <Range settings={settings} /> : null}
    </>
  );
}
