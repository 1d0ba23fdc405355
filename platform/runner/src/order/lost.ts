import type { Answers, JsonObject } from "@mendloop/engine";
import type { OutboxEntry } from "../store/database.ts";
import type { LiveOrder } from "./live_order.ts";

/** What one did in one visit and the server did not take. */
export interface Lost {
  /** Empty: in none. */
  readonly visit: string;
  readonly entries: readonly OutboxEntry[];
}

/**
 * What the server did not take of this order and nobody has put away yet, visit by visit. For the screen of one visit: that one's, and
 * what was done in visits that the order never had.
 */
export function lostOf(parked: readonly OutboxEntry[], order: LiveOrder, visit?: string): readonly Lost[] {
  const found = new Map<string, OutboxEntry[]>();
  for (const entry of parked) {
    const where = visitOf(entry);
    if (entry.order !== order.id || (visit !== undefined && where !== visit && order.visit(where) !== undefined)) continue;
    found.set(where, [...found.get(where) ?? [], entry]);
  }
  return [...found].map(([where, entries]) => ({ visit: where, entries }));
}

/** The answers that these would have recorded, the later over the earlier. */
export function answersIn(entries: readonly OutboxEntry[]): Answers {
  const all = entries.map(({ payload }) => (payload["answers"] ?? {}) as Answers);
  return Object.fromEntries(Object.entries(Object.assign({}, ...all) as Answers).filter(([, answer]) => answer !== null));
}

export function reasonsIn(entries: readonly OutboxEntry[]): Readonly<Record<string, string>> {
  return Object.assign({}, ...entries.map(({ payload }) => (payload["reasons"] ?? {}) as JsonObject)) as Readonly<Record<string, string>>;
}

function visitOf({ payload: { visit } }: OutboxEntry): string {
  return typeof visit === "string" ? visit : "";
}
