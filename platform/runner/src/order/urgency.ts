import type { Card } from "../api/types.ts";

const PRIORITIES = ["urgent", "high", "normal", "low"];

/** Orders in the order in which one would take them: what I am at, what is mine, what presses, what came first. */
export function byUrgency(cards: readonly Card[], me: string, now: number): readonly Card[] {
  const key = (card: Card): readonly (number | string)[] => [atWork(card, me), card.mine ? 0 : 1, overdue(card, now) ? 0 : 1, rank(card.priority), card.due ?? "9999", card.number];
  return [...cards].sort((one, other) => compare(key(one), key(other)));
}

export function overdue(card: Pick<Card, "due">, now: number): boolean {
  return card.due !== null && Date.parse(card.due) < now;
}

function atWork({ active }: Card, me: string): number {
  const own = active.filter(({ by }) => by === me);
  if (own.some(({ status }) => status === "running")) return 0;
  return own.some(({ status }) => status === "paused") ? 1 : 2;
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
