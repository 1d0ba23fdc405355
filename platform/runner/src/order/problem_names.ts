import type { Json, Problem } from "@mendloop/engine";
import { read } from "../words/index.ts";
import type { LiveOrder } from "./live_order.ts";
import { withPointNames } from "./standing_locks.ts";

/** The problem with what people call roles, steps and isolation points in the place of their ids. */
export function withNames(order: LiveOrder, problem: Problem): Problem {
  const named = withPointNames(order, problem);
  const { role, step } = named.params;
  const params = { ...named.params, ...(typeof role === "string" && { role: roleName(order, role) }), ...(typeof step === "string" && { step: stepName(order, step) }) };
  return { ...named, params };
}

function roleName({ plan }: LiveOrder, role: string): Json {
  return read(plan.roles[role]?.title) || role;
}

function stepName({ plan }: LiveOrder, step: string): Json {
  const node = plan.nodes[step.replace(/#\d+$/, "")];
  return (node?.kind === "step" ? read(node.title) : "") || step;
}
