import type { Type, Value } from "./expressions/index.ts";
import { ABSENT, CelMap, fromJson, listOf, objectOf } from "./expressions/index.ts";
import type { History, Visit } from "./history.ts";
import type { Json, JsonObject } from "./json_values.ts";
import { own } from "./json_values.ts";
import type { Expr, Plan, PlanField, PlanNode } from "./plan.ts";
import { fieldType } from "./plan.ts";
import type { State } from "./state.ts";

/** What expressions see under `order`. */
export const ORDER_TYPE: Type = objectOf({
  number: "string",
  product: "string",
  asset: "string",
  fault_codes: listOf("string"),
  fault_text: "string",
  warranty: "bool",
  customer_level: "string",
  created: "timestamp",
});

/** What a node's expressions read: names at the top, steps under `steps` and under `visits`. */
export interface Needs {
  readonly names: ReadonlySet<string>;
  readonly latest: readonly string[];
  readonly completed: readonly string[];
}

const needs = new WeakMap<PlanNode, Needs>();

/** What the node's expressions read; worked out once per plan. */
export function needsOf(plan: Plan, node: PlanNode): Needs {
  let found = needs.get(node);
  if (found === undefined) {
    found = workOut(plan, node);
    needs.set(node, found);
  }
  return found;
}

function workOut(plan: Plan, node: PlanNode): Needs {
  const paths = expressionsOf(plan, node).flatMap(({ reads }) => reads);
  return {
    names: new Set(paths.flatMap((path) => path.slice(0, 1))),
    latest: stepsUnder("steps", paths, plan),
    completed: stepsUnder("visits", paths, plan),
  };
}

/** The steps read under `name`; all of them when it is read as a whole. */
function stepsUnder(name: string, paths: readonly (readonly string[])[], plan: Plan): readonly string[] {
  const under = paths.filter(([first]) => first === name);
  const whole = under.some(({ length }) => length === 1);
  const steps = whole ? Object.values(plan.nodes).filter(({ kind }) => kind === "step").map(({ id }) => id) : under.flatMap((path) => path.slice(1, 2));
  return [...new Set(steps)].sort();
}

/** Every expression of a node: of its routes, its fields, their columns. */
export function expressionsOf(plan: Plan, node: PlanNode): readonly Expr[] {
  const routes = "next" in node ? node.next.flatMap(({ when }) => when ?? []) : [];
  if (node.kind !== "step") return routes;
  return [...routes, ...node.fields.flatMap((field) => [field, ...columnsOf(plan, field)]).flatMap(fieldExpressions)];
}

/** Every expression of one field. */
export function fieldExpressions({ required, visible, value, default: otherwise, checks }: PlanField): Expr[] {
  const given = [required, visible, value, otherwise, ...checks.map(({ that }) => that)];
  return given.filter((expression) => typeof expression === "object" && expression !== null);
}

/** The columns of a field, if its type has any. */
export function columnsOf(plan: Plan, field: PlanField): readonly PlanField[] {
  return fieldType(plan, field.type)?.hasColumns === true ? (field.settings["columns"] as unknown as readonly PlanField[]) : [];
}

/** The names at the top for a node's expressions, its own fields apart. */
export function namesFor(plan: Plan, node: PlanNode, history: History, state: State, at: string): Map<string, Value> {
  const { names, latest, completed } = needsOf(plan, node);
  const found = new Map<string, Value>();
  if (names.has("order")) found.set("order", fromJson(ORDER_TYPE, state.order));
  if (names.has("now")) found.set("now", fromJson("timestamp", at));
  if (latest.length > 0) found.set("steps", record(latest, (step) => latestView(plan, step, history.latest(step))));
  if (completed.length > 0) {
    found.set("visits", record(completed, (step) => history.completed(step).map((visit) => latestView(plan, step, visit))));
  }
  return found;
}

function record(names: readonly string[], valueOf: (name: string) => Value): CelMap {
  return new CelMap(names.map((name) => [name, valueOf(name)]));
}

/** A completed visit's answers as expressions see them; without one, all are absent. */
function latestView(plan: Plan, step: string, visit: Visit | null): Value {
  const node = own(plan.nodes, step);
  if (visit === null || node?.kind !== "step") return new CelMap();
  return answered(plan, node.fields, visit.answers);
}

function answered(plan: Plan, fields: readonly PlanField[], answers: JsonObject): CelMap {
  const given = fields.filter(({ id }) => Object.hasOwn(answers, id));
  return new CelMap(given.map((field) => [field.id, celValue(plan, field, own(answers, field.id) ?? null)]));
}

/** One answer as expressions see it. */
export function celValue(plan: Plan, field: PlanField, answer: Json): Value {
  const type = fieldType(plan, field.type);
  if (type === undefined) return ABSENT;
  if (type.hasColumns) return (answer as readonly JsonObject[]).map((row) => answered(plan, columnsOf(plan, field), row));
  return fromJson(field.cel, type.celView(field.settings, answer));
}
