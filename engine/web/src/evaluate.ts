import type { Answers } from "./commands.ts";
import type { History } from "./history.ts";
import type { Json } from "./json_values.ts";
import type { Plan } from "./plan.ts";
import type { Problem } from "./problems.ts";
import type { State } from "./state.ts";

/** What a screen shows of one field while somebody types. */
export interface FieldView {
  readonly visible: boolean;
  readonly required: boolean;
  readonly value: Json;
  readonly problems: readonly Problem[];
}

export type StepView = Readonly<Record<string, FieldView>>;

/** Every field of a step as `answers` make it: shown or not, demanded or not, its value, what is wrong with it. */
export function evaluateStep(
  plan: Plan, nodeId: string, answers: Answers, history: History, state: State, at: string,
): StepView {
  throw new Error(`not evaluated yet: ${plan.key} ${nodeId} ${Object.keys(answers).join()} ${history.count(nodeId)} ${state.status} ${at}`);
}
