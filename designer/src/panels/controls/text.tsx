import type { JSX, Ref } from "preact";
import { placeholderOf } from "../schema/telling.ts";
import { type Typing, useTyping } from "../typing.ts";
import { type ControlProps, useControl } from "../use.ts";
import { Frame, told } from "./frame.tsx";

const LONG = 60;

/** One text. Empty is: not given. */
export function Text(props: ControlProps): JSX.Element {
  const control = useControl<string>(props);
  const isMultiline = control.schema["x-lines"] === true;
  const typing = useTyping({ text: control.value ?? "", commit: (text) => { control.set(text === "" ? undefined : text); }, isMultiline, autofocus: props.autofocus });
  const frame = { ...control, bare: props.bare, beside: (control.schema.maxLength ?? LONG) < LONG };
  const common = { id: control.id, readOnly: control.readonly, placeholder: placeholderOf(control.schema), maxLength: control.schema.maxLength, "data-pointer": props.pointer, ...told(frame) };
  return <Frame {...frame}>{isMultiline ? <Lines typing={typing} common={common} /> : <Line typing={typing} common={common} />}</Frame>;
}

interface Bound {
  readonly typing: Typing;
  readonly common: Readonly<Record<string, unknown>>;
}

export function Line({ typing, common }: Bound): JSX.Element {
  const { ref, ...events } = typing;
  return <input type="text" class="input" autocomplete="off" {...common} {...events} ref={ref as Ref<HTMLInputElement>} />;
}

/** Grows with its text. */
export function Lines({ typing, common }: Bound): JSX.Element {
  const { ref, ...events } = typing;
  return <textarea class="input panels-lines" rows={1} {...common} {...events} ref={ref as Ref<HTMLTextAreaElement>} />;
}
