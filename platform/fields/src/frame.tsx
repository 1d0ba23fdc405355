import type { PlanField, Problem } from "@mendloop/engine";
import type { ComponentChildren, JSX } from "preact";
import { useHost } from "./host.ts";
import { Icon } from "./icon.tsx";
import { withLabels } from "./labels.ts";

export interface FrameProps {
  readonly field: PlanField;
  readonly id: string;
  readonly required: boolean;
  readonly done: boolean;
  readonly wrong: boolean;
  readonly problems: readonly Problem[];
  /** True when the body is one control whose id is `id`: the label then points at it. */
  readonly single: boolean;
  readonly children: ComponentChildren;
}

/** Label, help, body, what is wrong: the same around every field. */
export function Frame(props: FrameProps): JSX.Element {
  const { field, id, wrong, single } = props;
  return (
    <section class={`field${wrong ? " wrong" : ""}`} id={`${id}-card`} data-testid={`field-${field.id}`} data-type={field.type}
      role="group" aria-labelledby={`${id}-label`}>
      <div class="field-head">
        {single ? <label class="field-label" id={`${id}-label`} for={id}><Name {...props} /></label>
          : <span class="field-label" id={`${id}-label`}><Name {...props} /></span>}
        <Mark required={props.required} done={props.done} wrong={wrong} />
      </div>
      <Help field={field} id={id} />
      {props.children}
      <Problems id={id} field={field} problems={wrong ? props.problems : []} />
    </section>
  );
}

function Name({ field }: FrameProps): JSX.Element {
  const host = useHost();
  return <>{host.read(field.label) || field.id}</>;
}

/** Required, done or wrong, in words and with a sign: colour never says it alone. */
function Mark({ required, done, wrong }: { readonly required: boolean; readonly done: boolean; readonly wrong: boolean }): JSX.Element | null {
  const host = useHost();
  if (wrong) return <span class="chip danger field-mark"><Icon name="warning" />{host.say("field.wrong")}</span>;
  if (done) return <span class="chip ok field-mark"><Icon name="check" />{host.say("field.done")}</span>;
  return required ? <span class="chip warn field-mark">{host.say("field.required")}</span> : null;
}

function Help({ field, id }: { readonly field: PlanField; readonly id: string }): JSX.Element | null {
  const help = useHost().read(field.help);
  return help === "" ? null : <p class="field-help" id={`${id}-help`}>{help}</p>;
}

export function Problems({ id, field, problems }: { readonly id: string; readonly field: PlanField; readonly problems: readonly Problem[] }): JSX.Element {
  const host = useHost();
  return (
    <ul class="problems" id={`${id}-problems`} aria-live="polite" data-testid="problems">
      {problems.map((problem) => <li key={problem.code + problem.at}><Icon name="warning" /><span>{host.explain(withLabels(problem, field, (words) => host.read(words)))}</span></li>)}
    </ul>
  );
}
