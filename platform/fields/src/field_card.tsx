import type { FieldView, Json, JsonObject, PlanField } from "@mendloop/engine";
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { framed } from "./frame.tsx";
import { type FieldHost, useHost } from "./host.ts";
import { saysWhatToType } from "./numerals.ts";
import { ComputedValue, ReasonBox } from "./pieces.ts";
import { widgetOf } from "./registry.ts";

/** The code of a check that lets an answer pass when a reason is given. */
const REASON_WANTED = "answer.reason_missing";
/** It is none of what the field takes; where an input says more than that itself, this would only confuse. */
const MALFORMED = "answer.malformed";

export interface FieldCardProps {
  readonly field: PlanField;
  readonly id: string;
  readonly answer: ReadonlySignal<Json | undefined>;
  readonly view: ReadonlySignal<FieldView>;
  readonly reason: ReadonlySignal<string>;
  /** True once what is wrong may be said: the person has left the field, or tried to finish. Who only reads is asked for nothing. */
  readonly touched: ReadonlySignal<boolean>;
  readonly readonly: boolean;
  change: (answer: Json) => void;
  settle: () => void;
  giveReason: (reason: string) => void;
}

/** One field of a step. It listens to its own signals only, so that typing elsewhere does not render it again. */
export function FieldCard(props: FieldCardProps): JSX.Element | null {
  const host = useHost();
  const { field, id } = props;
  const view = props.view.value;
  if (!view.visible) return null;
  if (field.value !== null) return computed(host, props);
  const answer = props.answer.value;
  const problems = view.problems.filter(({ code }) => code !== REASON_WANTED || props.reason.value.trim() === "");
  const wrong = !props.readonly && props.touched.value && problems.length > 0;
  const widget = widgetOf(field.type);
  const Show = widget.show;
  const body = (
    <Show field={field} id={id} answer={answer} problems={problems} wrong={wrong} readonly={props.readonly}
      change={props.change} settle={props.settle} reason={props.reason.value} giveReason={props.giveReason} />
  );
  if (field.type === "instruction") return body;
  const done = problems.length === 0 && isGiven(field, view, answer);
  const out = (view.value as JsonObject | null)?.["in_tolerance"] === false;
  const required = view.required && !props.readonly;
  const said = problems.filter(({ code }) => code !== MALFORMED || !saysWhatToType(field.type, answer));
  return framed(host, { field, id, required, done, wrong, out, problems: said, single: widget.single }, body, reasonWanted(view, props) ? <ReasonBox {...props} /> : null);
}

/** Nobody answers a gate: it is done once nothing is missing at its locks. */
function isGiven(field: PlanField, view: FieldView, answer: Json | undefined): boolean {
  return (answer ?? null) !== null || (field.type === "safety_gate" && view.required);
}

/** Where a check of level "reason" asks for one. It stays once something stands in it. */
function reasonWanted({ problems }: FieldView, { reason }: FieldCardProps): boolean {
  return reason.value !== "" || problems.some(({ code }) => code === REASON_WANTED);
}

/** A value that the template works out: shown, never entered. */
function computed(host: FieldHost, { field, id, view }: FieldCardProps): JSX.Element {
  const { value, problems } = view.value;
  const about = { field, id, required: false, done: false, wrong: problems.length > 0, out: false, problems, single: false };
  return framed(host, about, <ComputedValue field={field} value={value} />);
}
