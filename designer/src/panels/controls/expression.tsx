import type { Json } from "@mendloop/engine";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { say } from "../../words/index.ts";
import { useConditions } from "../conditions_room.ts";
import { typedNumber } from "../number_text.ts";
import { placeholderOf } from "../schema/telling.ts";
import { useTyping } from "../typing.ts";
import { type ControlProps, useControl } from "../use.ts";
import { Frame, told } from "./frame.tsx";
import { Line, Lines } from "./text.tsx";
import { Segments } from "./toggle.tsx";

/** An expression in CEL: built by choosing, or as text while the builder is on its way. */
export function Expression(props: ControlProps): JSX.Element {
  const control = useControl<string>(props);
  const isReady = useConditions() !== null; // the builder marks problems by itself, at their place in the text
  return <Frame {...control} bare={props.bare} group problem={isReady ? null : control.problem}><Slot {...props} schema={control.schema} label={control.label} /></Frame>;
}

const COMPUTED = /\/(value|default)$/;

function Slot(props: ControlProps): JSX.Element {
  const room = useConditions();
  if (room === null) return <Cel {...props} />;
  const { Condition } = room;
  return <Condition session={props.session} pointer={props.pointer} label={props.label ?? ""} kind={COMPUTED.test(props.pointer) ? "value" : "condition"} />;
}

function Cel(props: ControlProps): JSX.Element {
  const control = useControl<Json>(props);
  const typing = useTyping({ text: typeof control.value === "string" ? control.value : "", isMultiline: true, autofocus: props.autofocus, commit: (text) => { control.set(text === "" ? undefined : text); } });
  const common = { id: control.id, readOnly: control.readonly, placeholder: placeholderOf(control.schema), spellcheck: false, "data-pointer": props.pointer, ...told({ ...control, bare: true }) };
  return <div class="panels-cel"><Lines typing={typing} common={common} /></div>;
}

type Way = "usual" | "yes" | "no" | "when";

/** Always, never, or when a condition holds. */
export function ConditionSlot(props: ControlProps): JSX.Element {
  const control = useControl<boolean | string>(props);
  const [isAsking, ask] = useState(false); // "when", and no condition is written yet
  const isReady = useConditions() !== null;
  const usual = control.schema.default;
  const way = typeof control.value === "string" ? "when" : isAsking && control.value === undefined ? "when" : wayOf(control.value ?? (typeof usual === "boolean" ? usual : undefined));
  const choose = (chosen: Way): void => {
    ask(chosen === "when");
    const value = chosen === "yes" ? true : chosen === "no" ? false : undefined;
    control.set(value === usual ? undefined : value);
  };
  const options = (["usual", "yes", "no", "when"] as const).filter((one) => one !== "usual" || usual === undefined).map((one) => ({ value: one, word: say(`panels.way_${one}`) }));
  return (
    <Frame {...control} bare={props.bare} beside={way !== "when"} group problem={way === "when" && isReady ? null : control.problem}>
      <Segments<Way> name={control.id} options={options} value={way} isDisabled={control.readonly} onChange={choose} />
      {way === "when" ? <Slot {...props} schema={control.schema} label={control.label} autofocus={isAsking} /> : null}
    </Frame>
  );
}

function wayOf(value: boolean | undefined): Way {
  if (value === undefined) return "usual";
  return value ? "yes" : "no";
}

/** A number, yes or no, or an expression: whatever the text says. */
export function Literal(props: ControlProps): JSX.Element {
  const control = useControl<Json>(props);
  const typing = useTyping({ text: shown(control.value), says: (text) => meant(text) === control.value, autofocus: props.autofocus, commit: (text) => { control.set(meant(text)); } });
  const frame = { ...control, bare: props.bare, beside: true };
  return <Frame {...frame}><Line typing={typing} common={{ id: control.id, readOnly: control.readonly, placeholder: placeholderOf(control.schema), spellcheck: false, "data-pointer": props.pointer, ...told(frame) }} /></Frame>;
}

function shown(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}

function meant(text: string): Json | undefined {
  const plain = text.trim();
  if (plain === "") return undefined;
  if (plain === "true" || plain === "false") return plain === "true";
  const number = typedNumber(plain);
  return number.kind === "number" && /^[-+]?[\d.]+$/.test(plain) ? number.value : text;
}
