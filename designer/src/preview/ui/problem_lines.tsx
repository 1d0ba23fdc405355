import { messageOf, type Plan, type Problem } from "@mendloop/engine";
import type { JSX } from "preact";
import { Icon } from "../../shell/icon.tsx";
import { language, read } from "../../words/index.ts";

/** What stands against something, with the names that people know. */
export function ProblemLines({ plan, problems }: { readonly plan: Plan; readonly problems: readonly Problem[] }): JSX.Element {
  return (
    <ul class="problem-lines">
      {problems.map((problem, place) => <li key={place}><Icon name="warn" /><span>{[labelOf(plan, problem.element), wordsOf(plan, problem)].filter((part) => part !== "").join(language.value === "en" ? ": " : "：")}</span></li>)}
    </ul>
  );
}

/** `measure.runout` is what the field is called. */
function labelOf(plan: Plan, element: string): string {
  const [node = "", field = ""] = element.split(".");
  const step = plan.nodes[node];
  const found = step?.kind === "step" ? step.fields.find(({ id }) => id === field) : undefined;
  return read(found?.label);
}

function wordsOf(plan: Plan, problem: Problem): string {
  const { role, step } = problem.params;
  const named = {
    ...problem.params,
    ...(typeof role === "string" ? { role: read(plan.roles[role]?.title) || role } : {}),
    ...(typeof step === "string" ? { step: titleOf(plan, step) } : {}),
  };
  return messageOf({ ...problem, params: named }, language.value);
}

/** What a node is called; its name where it has none. */
export function titleOf(plan: Plan, node: string): string {
  return read(plan.nodes[node]?.title) || node;
}
