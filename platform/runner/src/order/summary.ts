import type { Json, JsonObject, Plan, PlanField, Words } from "@mendloop/engine";
import type { FullOrder, VisitRecord } from "../api/types.ts";
import { photosIn } from "./act.ts";

export interface Answered {
  readonly visit: VisitRecord;
  readonly field: PlanField;
  readonly answer: Json;
}

/** Every answer of every finished visit, in the order in which the visits were finished. */
export function answered(plan: Plan, order: FullOrder): readonly Answered[] {
  const done = order.visits.filter(({ status }) => status === "completed").sort((one, other) => (one.completed_at ?? "").localeCompare(other.completed_at ?? ""));
  return done.flatMap((visit) => {
    const node = plan.nodes[visit.node];
    const fields = node?.kind === "step" ? node.fields : [];
    return fields.flatMap((field) => (visit.answers[field.id] === undefined ? [] : [{ visit, field, answer: visit.answers[field.id] ?? null }]));
  });
}

export function outOfTolerance(all: readonly Answered[]): readonly Answered[] {
  return all.filter(({ field, answer }) => field.type === "reading" && (answer as JsonObject)["in_tolerance"] === false);
}

export interface PartLine {
  readonly part: string;
  /** What the template calls it, where it plans for it. */
  readonly label?: Words;
  readonly quantity: number;
  readonly action: string;
  readonly note?: string;
}

export function partsOf(all: readonly Answered[]): readonly PartLine[] {
  return all.filter(({ field }) => field.type === "parts").flatMap(({ field, answer }) => {
    const planned = (field.settings["lines"] ?? []) as unknown as readonly { readonly part: string; readonly label: Words }[];
    const labels = new Map(planned.map(({ part, label }) => [part, label]));
    return (answer as unknown as readonly PartLine[]).map((line) => ({ ...line, label: labels.get(line.part) ?? {} }));
  });
}

export function photosOf(all: readonly Answered[]): readonly string[] {
  return [...new Set(all.filter(({ field }) => field.type !== "signature").flatMap(({ answer }) => [...photosIn(answer)]))];
}

export function signaturesOf(all: readonly Answered[]): readonly { name: string; image: string }[] {
  return all.filter(({ field }) => field.type === "signature").map(({ answer }) => answer as unknown as { name: string; image: string });
}

export function workedMs(order: FullOrder): number {
  return order.visits.reduce((sum, { worked_ms }) => sum + worked_ms, 0);
}

/** Steps that were done more than once, with how often. */
export function repeated(order: FullOrder): readonly { node: string; times: number }[] {
  const times = new Map<string, number>();
  for (const { node, number } of order.visits) times.set(node, Math.max(number, times.get(node) ?? 0));
  return [...times].filter(([, count]) => count > 1).map(([node, count]) => ({ node, times: count }));
}
