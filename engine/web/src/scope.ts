import type { Reasons } from "./commands.ts";
import type { Asking } from "./conditions.ts";
import type { Value } from "./expressions/index.ts";
import type { Situation } from "./fields/type.ts";
import type { Plan, PlanField } from "./plan.ts";
import type { Problem } from "./problems.ts";
import { deeper } from "./problems.ts";
import type { State } from "./state.ts";

/** Fields that are evaluated together: a step's, or the columns of one row. */
export interface Scope {
  readonly plan: Plan;
  readonly step: string;
  readonly visit: string;
  readonly by: string | null;
  /** The moment of the evaluation: asked only where it matters. */
  readonly at: () => string;
  readonly state: State;
  readonly reasons: Reasons;
  /** What expressions see. */
  readonly names: Map<string, Value>;
  /** Where these fields' values go: the names themselves, or the row's `item`. */
  readonly bound: { set: (name: string, value: Value) => unknown };
  /** The fields whose values somebody reads; null: all. */
  readonly wanted: ReadonlySet<string> | null;
  readonly pointer: string;
  readonly table: string | null;
}

/** What a field's expressions are asked with. */
export function asking(scope: Scope, field: PlanField, problems: Problem[]): Asking {
  return { names: scope.names, at: deeper(scope.pointer, field.id), element: elementOf(scope, field), problems };
}

/** The name of a field in problems. */
export function elementOf({ step, table }: Scope, field: PlanField): string {
  return table === null ? `${step}.${field.id}` : `${step}.${table}.${field.id}`;
}

/** What a field may know of its surroundings. */
export function situationOf({ step, visit, by, at, state }: Scope, field: PlanField): Situation {
  return { gate: `${step}.${field.id}`, visit, by, order: state.order, locks: state.locks, get at() { return at(); } };
}
