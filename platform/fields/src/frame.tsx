import type { PlanField, Problem } from "@mendloop/engine";
import type { ComponentChildren, JSX } from "preact";
import { type FieldHost, useHost } from "./host.ts";
import { Icon } from "./icon.tsx";
import { withLabels } from "./labels.ts";

export interface Framed {
  readonly field: PlanField;
  readonly id: string;
  readonly required: boolean;
  readonly done: boolean;
  readonly wrong: boolean;
  /** It is answered, and the answer is out of tolerance. */
  readonly out: boolean;
  readonly problems: readonly Problem[];
  /** True when the body is one control whose id is `id`: the label then points at it. */
  readonly single: boolean;
}

const NONE: readonly Problem[] = [];

/** Label, help, body, what is wrong: the same around every field. A function, for steps may have hundreds of fields. */
export function framed(host: FieldHost, about: Framed, body: ComponentChildren, below: ComponentChildren = null): JSX.Element {
  const { field, id, wrong, single, problems } = about;
  const name = host.read(field.label) || field.id;
  return (
    <section class={wrong ? "field wrong" : "field"} id={`${id}-card`} data-testid={`field-${field.id}`} data-type={field.type}
      role="group" aria-labelledby={`${id}-label`}>
      <div class="field-head">
        {single ? <label class="field-label" id={`${id}-label`} for={id}>{name}</label> : <span class="field-label" id={`${id}-label`}>{name}</span>}
        {mark(host, about)}
      </div>
      {helpOf(host, about)}
      {body}
      {below}
      {problemList(host, { id, field, problems: wrong ? problems : NONE })}
    </section>
  );
}

/** Required, done or wrong, in words and with a sign: colour never says it alone. */
function mark(host: FieldHost, { required, done, wrong, out }: Framed): JSX.Element | null {
  if (wrong) return <span class="chip danger field-mark"><Icon name="warning" />{host.say("field.wrong")}</span>;
  if (done && out) return <span class="chip warn field-mark"><Icon name="warning" />{host.say("reading.out")}</span>;
  if (done) return <span class="chip ok field-mark"><Icon name="check" />{host.say("field.done")}</span>;
  return required ? <span class="chip warn field-mark">{host.say("field.required")}</span> : null;
}

function helpOf(host: FieldHost, { field, id }: Framed): JSX.Element | null {
  const help = host.read(field.help);
  return help === "" ? null : <p class="field-help" id={`${id}-help`}>{help}</p>;
}

interface ProblemsProps {
  readonly id: string;
  readonly field: PlanField;
  readonly problems: readonly Problem[];
}

export function Problems(props: ProblemsProps): JSX.Element {
  return problemList(useHost(), props);
}

function problemList(host: FieldHost, { id, field, problems }: ProblemsProps): JSX.Element {
  return (
    <ul class="problems" id={`${id}-problems`} aria-live="polite" data-testid="problems">
      {problems.map((problem) => <li key={problem.code + problem.at}><Icon name="warning" /><span>{host.explain(withLabels(problem, field, (words) => host.read(words)))}</span></li>)}
    </ul>
  );
}
