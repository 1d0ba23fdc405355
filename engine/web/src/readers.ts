import { columnsOf, fieldExpressions } from "./environment.ts";
import type { Expr, Plan, PlanField, StepNode } from "./plan.ts";

/** Places in a step's evaluation order, by the name at the top that is read there. */
type Places = ReadonlyMap<string, readonly number[]>;

/** Who reads what in a step. */
export interface Readers {
  /** The step's fields in evaluation order, and the place of each. */
  readonly fields: readonly PlanField[];
  readonly places: ReadonlyMap<string, number>;
  /** The fields whose own evaluation reads a name: by `visible`, `required`, `value`, `default`, or in their columns. */
  readonly direct: Places;
  /** The fields whose checks read a name. */
  readonly checks: Places;
  /** True when every field stands after those that its own evaluation reads, as it does in every compiled plan. */
  readonly ordered: boolean;
}

const known = new WeakMap<StepNode, Readers>();

/** Who reads what in the step; worked out once per plan. */
export function readersOf(plan: Plan, step: StepNode): Readers {
  let found = known.get(step);
  if (found === undefined) {
    found = workOut(plan, step);
    known.set(step, found);
  }
  return found;
}

function workOut(plan: Plan, step: StepNode): Readers {
  const byId = new Map(step.fields.map((field) => [field.id, field]));
  const fields = step.evaluation_order.map((id) => byId.get(id)).filter((field) => field !== undefined);
  const places = new Map(fields.map(({ id }, place) => [id, place]));
  const direct = byName(fields, (field) => directNames(plan, field));
  const checks = byName(fields, (field) => namesIn(field.checks.map(({ that }) => that)));
  return { fields, places, direct, checks, ordered: places.size === fields.length && inOrder(places, direct) };
}

function byName(fields: readonly PlanField[], namesOf: (field: PlanField) => ReadonlySet<string>): Places {
  const found = new Map<string, number[]>();
  fields.forEach((field, place) => {
    for (const name of namesOf(field)) {
      const places = found.get(name);
      if (places === undefined) found.set(name, [place]);
      else places.push(place);
    }
  });
  return found;
}

function directNames(plan: Plan, field: PlanField): ReadonlySet<string> {
  return namesIn([...fieldExpressions({ ...field, checks: [] }), ...columnsOf(plan, field).flatMap(fieldExpressions)]);
}

function namesIn(expressions: readonly Expr[]): ReadonlySet<string> {
  return new Set(expressions.flatMap(({ reads }) => reads.flatMap((path) => path.slice(0, 1))));
}

function inOrder(places: ReadonlyMap<string, number>, direct: Places): boolean {
  return [...direct].every(([name, readers]) => readers.every((reader) => reader > (places.get(name) ?? -1)));
}
