import type { Lock, Plan, Problem, State } from "@mendloop/engine";
import { read } from "../words/index.ts";
import type { LiveOrder } from "./live_order.ts";
import { labelOfPoint } from "./point_label.ts";

/** True where step `node` takes off a gate at which a lock of `person` still stands: nobody else can do that. */
export function awaitsLockOf(plan: Plan, state: State, node: string, person: string): boolean {
  return locksTakenOffIn(plan, state, node).some(([, lock]) => lock.by === person);
}

/** Whose locks step `node` takes off where it is nothing but that, and none of them is the `person`'s: they alone can do it, as in `mendloop.work_orders.unlocking`. */
export function othersWhoAloneCan(plan: Plan, state: State, node: string, person: string): readonly string[] {
  const step = plan.nodes[node];
  const isNothingElse = step?.kind === "step" && step.fields.every(({ type, settings }) => type === "instruction" || typeof settings["removes"] === "string");
  const people = isNothingElse ? [...new Set(locksTakenOffIn(plan, state, node).map(([, { by }]) => by))] : [];
  return people.includes(person) ? [] : people;
}

/** The locks that still stand at the gates which step `node` takes off. */
export function locksTakenOffIn(plan: Plan, state: State, node: string): readonly (readonly [id: string, lock: Lock])[] {
  const step = plan.nodes[node];
  const gates = step?.kind === "step" ? step.fields.map(({ settings }) => settings["removes"]).filter((gate) => typeof gate === "string") : [];
  return Object.entries(state.locks).filter(([id]) => gates.some((gate) => id.startsWith(`${gate}.`)));
}

/** The problem with what people call isolation points in the place of their ids. */
export function withPointNames(order: LiveOrder, problem: Problem): Problem {
  const points = problem.params["points"];
  if (!Array.isArray(points)) return problem;
  return { ...problem, params: { ...problem.params, points: (points as readonly string[]).map((point) => nameOfPoint(order, point)) } };
}

function nameOfPoint(order: LiveOrder, point: string): string {
  const lock = Object.keys(order.record.peek().order.state.locks).find((id) => id.split(".").slice(2).join(".") === point);
  if (lock === undefined) return point;
  return read(labelOfPoint(order, lock.split(".").slice(0, 2).join("."), point)) || point;
}
