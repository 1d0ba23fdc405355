import { decide, type OpenVisit, type Plan } from "@mendloop/engine";
import { peopleOf, type Person, roleOf } from "./people.ts";
import { historyOf, type Standing } from "./run.ts";

/** The visit that this person would be shown first: one they are at, one they may begin; null when they can do nothing. */
export function visitFor(plan: Plan, now: Standing, person: string): string | null {
  const open = Object.entries(now.state.active);
  const own = open.find(([, visit]) => visit.status === "running" && visit.by === person);
  return (own ?? open.find(([id, visit]) => mayBegin(plan, now, id, visit, person)))?.[0] ?? null;
}

/** Who should go on: whoever is here, while there is something for them to do; else the first who has something to do; null at the end. */
export function whoseTurn(plan: Plan, now: Standing, present: string): Person | null {
  const people = peopleOf(plan.roles);
  const inOrder = [...people.filter(({ id }) => id === present), ...people.filter(({ id }) => roleOf(id) === id), ...people];
  return inOrder.find(({ id }) => visitFor(plan, now, id) !== null) ?? null;
}

function mayBegin(plan: Plan, now: Standing, id: string, { status }: OpenVisit, person: string): boolean {
  if (status === "running") return false;
  const type = status === "ready" ? "StartStep" : "ResumeStep";
  return decide(plan, now.state, { type, visit: id, by: person, roles: [roleOf(person)], at: now.at }, historyOf(now)).accepted;
}
