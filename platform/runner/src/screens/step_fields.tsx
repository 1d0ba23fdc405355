import type { FieldView, Json, PlanField, StepNode } from "@mendloop/engine";
import { FieldCard, Icon } from "@mendloop/fields";
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { VisitRecord } from "../api/types.ts";
import type { FormField } from "../order/step_form.ts";
import type { StepRecorder } from "../order/step_recorder.ts";
import { say } from "../words/index.ts";

/** How many fields are laid out together. What is out of sight costs nothing then: see `form.css`. */
const SLICE = 20;

export interface FormProps {
  readonly recorder: StepRecorder;
  readonly working: boolean;
  /** What stands below a field. */
  below?: (shown: FormField) => JSX.Element | null;
}

/** The fields of an open visit. While nobody works on it they can be read, not filled. */
export function FormFields({ recorder, working, below }: FormProps): JSX.Element {
  const { fields, shown } = recorder.form;
  const visible = working ? fields.slice(0, shown.value) : fields;
  return (
    <div class={`fields${working ? "" : " preview"}`} data-testid="fields">
      {slicesOf(visible).map((slice, place) => (
        <div key={place} class="slice">{slice.map((each) => [openField(each, recorder, working), below?.(each)])}</div>
      ))}
      {visible.length < fields.length ? <div class="until" role="status" data-testid="blocked"><Icon name="lock" /><p>{say("step.blocked")}</p></div> : null}
    </div>
  );
}

function slicesOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / SLICE) }, (_, place) => all.slice(place * SLICE, (place + 1) * SLICE));
}

function openField({ field, answer, view, reason, touched }: FormField, recorder: StepRecorder, working: boolean): JSX.Element {
  return (
    <FieldCard key={field.id} field={field} id={`f-${field.id}`} answer={answer} view={view} reason={reason} touched={touched} readonly={!working}
      change={(value) => { recorder.change(field.id, value); }} settle={() => { recorder.settle(field.id); }}
      giveReason={(text) => { recorder.giveReason(field.id, text); }} />
  );
}

/** The fields of a finished visit: what was answered, nothing to change. */
export function DoneFields({ node, visit, prefix = "d" }: { readonly node: StepNode; readonly visit: Pick<VisitRecord, "number" | "answers" | "reasons">; readonly prefix?: string }): JSX.Element {
  return (
    <div class="fields preview" data-testid="done-fields">
      {node.fields.filter((field) => visit.answers[field.id] !== undefined).map((field) => (
        <DoneField key={field.id} field={field} id={`${prefix}-${visit.number}-${field.id}`} answer={visit.answers[field.id]} reason={visit.reasons[field.id] ?? ""} />
      ))}
    </div>
  );
}

interface DoneFieldProps {
  readonly field: PlanField;
  readonly id: string;
  readonly answer: Json | undefined;
  readonly reason: string;
}

function DoneField({ field, id, answer, reason }: DoneFieldProps): JSX.Element {
  const signals = useMemo(() => ({
    answer: signal(answer), reason: signal(reason), touched: signal(false),
    view: signal<FieldView>({ visible: true, required: false, value: answer ?? null, problems: [] }),
  }), [answer, reason]);
  return <FieldCard field={field} id={id} {...signals} readonly change={nothing} settle={nothing} giveReason={nothing} />;
}

function nothing(): void {
  // a finished visit is not changed
}
