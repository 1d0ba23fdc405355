import type { Env, Value } from "./expressions/index.ts";
import { compileTree, EvaluationError } from "./expressions/index.ts";
import type { Condition, Expr } from "./plan.ts";
import type { Problem } from "./problems.ts";
import { problem } from "./problems.ts";

/** Where a condition stands, for the problem that it could not be computed; such problems go to `problems`. */
export interface Asking {
  readonly names: Env;
  readonly at: string;
  readonly element: string;
  readonly problems: Problem[];
}

/** Whether the condition holds; none at all does. Failures are added to the problems and count as false. */
export function holds(condition: Condition | null, asking: Asking): boolean {
  if (condition === null || typeof condition === "boolean") return condition !== false;
  return result(condition, asking) === true;
}

/** The expression's value, null when it is absent or failed; failures are added to the problems. */
export function result(expression: Expr, { names, at, element, problems }: Asking): Value {
  const value = compiled(expression)(names);
  if (!(value instanceof EvaluationError)) return value;
  if (value.kind !== "absent") {
    problems.push(problem("expression.failed", at, element, { source: expression.source, kind: value.kind }));
  }
  return null;
}

const closures = new WeakMap<Expr, (names: Env) => Value>();

/** The expression as a function, made when it is first needed. */
function compiled(expression: Expr): (names: Env) => Value {
  let closure = closures.get(expression);
  if (closure === undefined) {
    closure = compileTree(expression.tree);
    closures.set(expression, closure);
  }
  return closure;
}
