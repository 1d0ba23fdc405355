import type { OpenVisit, Plan, State } from "@mendloop/engine";
import type { Actor } from "./act.ts";
import { awaitsLockOf } from "./standing_locks.ts";

/** The visit to show first: mine that runs, mine that rests, one that waits for my lock, one that I may start, any other; none when nothing is open. */
export function visitToShow(plan: Plan, state: State, actor: Actor): string | null {
  const ranked = Object.entries(state.active).map(([id, visit]) => ({ id, rank: rankOf(plan, visit, actor, state) }));
  return ranked.sort((one, other) => one.rank - other.rank)[0]?.id ?? null;
}

function rankOf(plan: Plan, visit: OpenVisit, actor: Actor, state: State): number {
  const mine = visit.by === actor.person;
  if (mine && visit.status === "running") return 0;
  if (mine && visit.status === "paused") return 1;
  if (visit.status === "paused" && awaitsLockOf(plan, state, visit.node, actor.person)) return 1;
  return visit.status === "ready" && mayWork(plan, visit.node, actor) ? 2 : 3;
}

export function roleOf(plan: Plan, node: string): string | null {
  const found = plan.nodes[node];
  return found?.kind === "step" ? found.role : null;
}

export function mayWork(plan: Plan, node: string, actor: Actor): boolean {
  const role = roleOf(plan, node);
  return role === null || actor.work_roles.includes(role);
}
