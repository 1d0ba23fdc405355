import type { ActiveVisit, Card, Session } from "../api/types.ts";

const PRIORITIES = ["urgent", "high", "normal", "low"];

/** Who looks at the list. */
export type Looking = Pick<Session, "person_id" | "work_roles">;

/** Orders in the order in which one would take them: what I am at, what I may start now, what else is mine; the work of others last. */
export function byUrgency(cards: readonly Card[], me: Looking, now: number): readonly Card[] {
  const key = (card: Card): readonly (number | string)[] => [turnOf(card, me), card.mine ? 0 : 1, overdue(card, now) ? 0 : 1, rank(card.priority), card.due ?? "9999", card.number];
  return [...cards].sort((one, other) => compare(key(one), key(other)));
}

/** True where nothing of it waits for me: others are at it, or it is theirs to begin. */
export function isOfOthers(card: Card, me: Looking): boolean {
  return turnOf(card, me) === OTHERS;
}

export function overdue(card: Pick<Card, "due">, now: number): boolean {
  return card.due !== null && Date.parse(card.due) < now;
}

const OTHERS = 5;

/** The same turns as in `mendloop.work_orders.turns`. */
function turnOf(card: Card, { person_id, work_roles }: Looking): number {
  const own = card.active.filter(({ by }) => by === person_id);
  if (own.some(({ status }) => status === "running")) return 0;
  if (own.some(({ status }) => status === "paused")) return 1;
  const startable = card.active.some((visit) => visit.status === "ready" && work_roles.includes(visit.role) && !isOnlyForOthers(visit, person_id));
  // What is a colleague's and not begun waits for the colleague; once begun it waits for whoever has the role of its step.
  if (startable && (card.mine || card.progress.done > 0)) return 2;
  if (startable && card.assigned_to === null) return 3;
  return card.mine ? 4 : OTHERS;
}

/** True for a step that only takes off locks, none of which is theirs. */
export function isOnlyForOthers({ only_for = [] }: Pick<ActiveVisit, "only_for">, person: string): boolean {
  return only_for.length > 0 && !only_for.includes(person);
}

function rank(priority: string): number {
  const found = PRIORITIES.indexOf(priority);
  return found < 0 ? PRIORITIES.indexOf("normal") : found;
}

function compare(one: readonly (number | string)[], other: readonly (number | string)[]): number {
  for (const [place, part] of one.entries()) {
    const theirs = other[place] ?? 0;
    if (part !== theirs) return part < theirs ? -1 : 1;
  }
  return 0;
}
