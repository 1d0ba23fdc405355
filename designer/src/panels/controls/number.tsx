import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { say } from "../../words/index.ts";
import { begun, type Bounds, outside, saysNumber, typedNumber, type Typing, typingOf } from "../number_text.ts";
import { allows, type Schema } from "../schema/schema.ts";
import { placeholderOf, unitOf } from "../schema/telling.ts";
import { useTyping } from "../typing.ts";
import { type ControlProps, useControl } from "../use.ts";
import { Frame, told } from "./frame.tsx";
import { Line } from "./text.tsx";

/** A number as people type it, with its unit; `unit` may come from elsewhere in the template. */
export function NumberControl(props: ControlProps & { readonly unit?: string | undefined }): JSX.Element {
  const control = useControl<number>(props);
  const frame = { ...control, bare: props.bare, beside: true };
  return (
    <NumberFrame {...frame} value={control.value} bounds={boundsOf(control.schema)} unit={props.unit ?? unitOf(control.schema)} placeholder={placeholderOf(control.schema)}
      pointer={props.pointer} autofocus={props.autofocus} onChange={control.set} />
  );
}

export function boundsOf(schema: Schema): Bounds {
  return { whole: !allows(schema, "number"), least: schema.minimum, above: schema.exclusiveMinimum, most: schema.maximum };
}

interface NumberFrameProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly problem?: ReturnType<typeof useControl>["problem"];
  readonly readonly: boolean;
  readonly bare?: boolean | undefined;
  readonly beside?: boolean;
  readonly value: number | undefined;
  readonly bounds: Bounds;
  readonly unit: string;
  readonly placeholder: string;
  readonly pointer: string;
  readonly autofocus?: boolean | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** Also for one end of a range. What is not a number stays as it was typed and is marked; the draft has what was there before this typing began. */
export function NumberFrame(props: NumberFrameProps): JSX.Element {
  const { value } = props;
  const [typed, setTyped] = useState<Typing>({ text: "", value, before: value });
  const text = value === undefined ? "" : String(value);
  const typing = useTyping({
    text, autofocus: props.autofocus,
    says: (shown) => (shown !== "" && typed.text === shown && typed.value === value) || saysNumber(shown, value),
    commit: (shown) => {
      const now = typingOf(shown, begun(typed, value));
      setTyped(now);
      if (now.value !== value) props.onChange(now.value);
    },
  });
  const wrong = wrongWords(typed.value === value ? typed.text : "", value, props.bounds);
  const frame = { ...props, wrong };
  const settle = ({ target }: Event): boolean => {
    if (isRefused((target as HTMLInputElement).value)) return false;
    setTyped({ text: "", value, before: value });
    return true;
  };
  const tidy = (event: Event): void => { if (settle(event)) (event.target as HTMLInputElement).value = text; };
  const press = (event: KeyboardEvent): void => {
    typing.onKeyDown(event);
    if (event.key === "Enter" && !event.isComposing) settle(event);
  };
  const common = { id: props.id, onBlur: tidy, inputMode: "decimal", readOnly: props.readonly, placeholder: props.placeholder, "data-pointer": props.pointer, ...told(frame) };
  return (
    <Frame {...frame}>
      <span class="panels-number"><Line typing={{ ...typing, onKeyDown: press }} common={common} />{props.unit === "" ? null : <span class="panels-unit">{props.unit}</span>}</span>
    </Frame>
  );
}

function isRefused(text: string): boolean {
  const { kind } = typedNumber(text);
  return kind === "wrong" || kind === "too_large";
}

function wrongWords(typed: string, value: number | undefined, bounds: Bounds): string | undefined {
  const { kind } = typedNumber(typed);
  if (kind === "too_large") return say("panels.number_too_large", { value: Number.MAX_SAFE_INTEGER });
  if (kind === "wrong") return say("panels.no_number");
  const found = value === undefined ? null : outside(value, bounds);
  return found === null ? undefined : say(`panels.${found.word}`, { value: found.value });
}
