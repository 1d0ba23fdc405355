import type { Words } from "@mendloop/engine";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { type FieldHost, type FieldProps, useHost } from "../host.ts";
import { numberTyped, withPoint } from "../numerals.ts";
import { DecimalComma } from "../pieces.ts";
import { describedBy, textOf } from "./typing.ts";

export interface NumberInputProps extends FieldProps {
  readonly unit?: Words | string | undefined;
  readonly decimals: boolean;
  /** True where a minus may be needed: number pads of some phones have none. */
  readonly signed: boolean;
  readonly big?: boolean;
}

/** One number by the phone's number pad, with its unit. What is typed stays as typed; with a decimal comma it is none, and what to type is said. */
export function NumberInput(props: NumberInputProps): JSX.Element {
  const host = useHost();
  const { id, answer, readonly, decimals, signed, big, change, settle } = props;
  const typed = useSignal(textOf(answer));
  const left = useSignal(true);
  useEffect(() => { if (numberTyped(typed.value) !== (answer ?? null)) typed.value = textOf(answer); }, [answer]);
  const enter = (text: string): void => { left.value = false; typed.value = text; change(numberTyped(text)); };
  return (
    <>
      <div class="with-unit">
        {signed && !readonly ? signButton(host, typed.value, enter) : null}
        <input class={`input grow${big ? " reading-input" : ""}`} id={id} type="text" inputMode={decimals ? "decimal" : "numeric"} autocomplete="off"
          enterkeyhint="done" readOnly={readonly} value={typed.value} {...describedBy(props)}
          onInput={(event) => { enter(event.currentTarget.value); }} onBlur={() => { left.value = true; settle(); }} />
        {unitOf(host, props.unit)}
      </div>
      {left.value && withPoint(typed.value) !== null ? <DecimalComma typed={typed.value} put={(text) => { enter(text); settle(); }} /> : null}
    </>
  );
}

function unitOf(host: FieldHost, unit: Words | string | undefined): JSX.Element | null {
  const text = typeof unit === "string" ? unit : host.read(unit);
  return text === "" ? null : <span class="unit">{text}</span>;
}

function signButton(host: FieldHost, typed: string, enter: (text: string) => void): JSX.Element {
  const turned = typed.startsWith("-") ? typed.slice(1) : `-${typed}`;
  return <button type="button" class="button icon" aria-label={host.say("number.sign")} onClick={() => { enter(turned); }}>±</button>;
}
