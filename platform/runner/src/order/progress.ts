import type { Plan, PlanEdge, PlanNode, State } from "@mendloop/engine";
import type { VisitRecord } from "../api/types.ts";

export interface Progress {
  /** Number of the present step, counted from 1. */
  readonly step: number;
  readonly of: number;
  readonly minutesLeft: number | null;
  /** Steps that are expected next, in order; the open ones not among them. */
  readonly coming: readonly string[];
}

/** Where an order stands, if from here all goes as it usually does: no rework, and "else" at every choice. */
export function progressOf(plan: Plan, state: State, visits: readonly VisitRecord[]): Progress {
  const done = new Set(visits.filter(({ status }) => status === "completed").map(({ node }) => node));
  const open = [...new Set(Object.values(state.active).map(({ node }) => node))];
  const ahead = expectedFrom(plan, open);
  const coming = ahead.filter((node) => !open.includes(node));
  const again = new Set(ahead);
  const behind = [...done].filter((node) => !again.has(node)).length;
  return { step: Math.min(behind + 1, behind + ahead.length), of: behind + ahead.length, minutesLeft: minutesOf(plan, ahead), coming };
}

/** The steps from `open` on, each once, along the routes that are taken when nothing special happens; a join after its branches. */
export function expectedFrom(plan: Plan, open: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const steps: string[] = [];
  const waiting = [...open];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const node = plan.nodes[id];
    if (node === undefined || seen.has(id)) continue;
    if (node.kind === "join" && waiting.some((other) => plan.nodes[other]?.kind !== "join" && !seen.has(other))) { waiting.push(id); continue; }
    seen.add(id);
    if (node.kind === "step") steps.push(id);
    waiting.push(...usualNext(node));
  }
  return steps;
}

function usualNext(node: PlanNode): readonly string[] {
  if (node.kind === "end") return [];
  if (node.kind === "parallel") return node.next.filter((edge) => !edge.rework).map(({ to }) => to);
  return usualEdge(node.next).map(({ to }) => to);
}

/** The last route without rework: "else" in most templates; for a gate that sends back otherwise, the one that goes on. */
function usualEdge(edges: readonly PlanEdge[]): readonly PlanEdge[] {
  const onward = edges.filter(({ rework }) => !rework);
  return onward.slice(-1);
}

function minutesOf(plan: Plan, steps: readonly string[]): number | null {
  const known = steps.map((id) => plan.nodes[id]).flatMap((node) => (node?.kind === "step" && node.standard_minutes !== null ? [node.standard_minutes] : []));
  return known.length === 0 ? null : known.reduce((sum, minutes) => sum + minutes, 0);
}
