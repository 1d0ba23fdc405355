import type { FieldView, Json, PlanField } from "@mendloop/engine";
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { Frame } from "./frame.tsx";
import { useHost } from "./host.ts";
import { registerWidget, widgetOf } from "./registry.ts";
import { shownValue } from "./shown_value.ts";
import { InstructionWidget } from "./widgets/instruction.tsx";
import { REASON_WANTED, ReasonBox } from "./widgets/reason_box.tsx";
import { UnknownWidget } from "./widgets/unknown.tsx";

registerWidget("instruction", InstructionWidget);

export interface FieldCardProps {
  readonly field: PlanField;
  readonly id: string;
  readonly answer: ReadonlySignal<Json | undefined>;
  readonly view: ReadonlySignal<FieldView>;
  readonly reason: ReadonlySignal<string>;
  /** True once what is wrong may be said: the person has left the field, or tried to finish. */
  readonly touched: ReadonlySignal<boolean>;
  readonly readonly: boolean;
  change: (answer: Json) => void;
  settle: () => void;
  giveReason: (reason: string) => void;
}

/** One field of a step. It listens to its own signals only, so that typing elsewhere does not render it again. */
export function FieldCard(props: FieldCardProps): JSX.Element | null {
  const { field, id } = props;
  const view = props.view.value;
  if (!view.visible) return null;
  if (field.value !== null) return <Computed {...props} />;
  const answer = props.answer.value;
  const problems = view.problems.filter(({ code }) => code !== REASON_WANTED || props.reason.value.trim() === "");
  const wrong = props.touched.value && problems.length > 0;
  const widget = widgetOf(field.type) ?? { show: UnknownWidget, single: false };
  const Show = widget.show;
  const body = (
    <Show field={field} id={id} answer={answer} problems={problems} wrong={wrong} readonly={props.readonly}
      change={props.change} settle={props.settle} reason={props.reason.value} giveReason={props.giveReason} />
  );
  if (field.type === "instruction") return body;
  const done = answer !== undefined && answer !== null && problems.length === 0;
  return (
    <Frame field={field} id={id} required={view.required && !props.readonly} done={done} wrong={wrong} problems={problems}
      single={widget.single}>
      {body}
      <ReasonBox {...props} problems={view.problems} />
    </Frame>
  );
}

/** A value that the template works out: shown, never entered. */
function Computed({ field, id, view }: FieldCardProps): JSX.Element {
  const host = useHost();
  const { value, problems } = view.value;
  return (
    <Frame field={field} id={id} required={false} done={false} wrong={problems.length > 0} problems={problems} single={false}>
      <div class="computed" role="status">{value === null ? host.say("field.not_yet") : shownValue(field, value, host)}</div>
    </Frame>
  );
}
