import type { RecommendedPart } from "@mendloop/fields";
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Client } from "./api/client.ts";
import type { Card, RecommendedParts } from "./api/types.ts";
import { whenIdle } from "./later.ts";
import type { Store } from "./store/database.ts";

type Attempt = <T>(ask: () => Promise<T>) => Promise<T | null>;

/** The table is fetched again after so long, since other repairs have ended since; sooner where an order is new. */
const OLD_MS = 10 * 60_000;
const NEW_ORDER_MS = 30_000;
const NONE: RecommendedParts = { orders: {}, parts: {} };

/** Parts that orders will probably need: a table that is on the phone before somebody is without a network. */
export class RecommendedTable {
  readonly #table = signal<RecommendedParts>(NONE);
  readonly #asked = new Set<string>();
  #read: Promise<void> | null = null;
  #fetchedAt = -Infinity;

  constructor(private readonly store: Store, private readonly client: Client, private readonly attempt: Attempt) {}

  /** What a step of an order will probably need. An order that is not in the table is asked for by itself, once. */
  of(order: string, step: string): ReadonlySignal<readonly RecommendedPart[]> {
    void this.#have(order);
    return computed(() => {
      const { orders, parts } = this.#table.value;
      return (orders[order]?.[step] ?? []).map(({ part, field, probability, why }) => {
        const { name = part, unit = "", fits = [], serial_tracked: serial = false } = parts[part] ?? {};
        return { id: part, label: name, unit, fits, serial, field, probability, why };
      });
    });
  }

  /** The list is known: have the table of its orders, when nothing else is to be done. */
  wake(cards: readonly Card[]): void {
    const isNew = cards.some(({ id }) => this.#table.peek().orders[id] === undefined);
    if (cards.length === 0 || performance.now() - this.#fetchedAt < (isNew ? NEW_ORDER_MS : OLD_MS)) return;
    this.#fetchedAt = performance.now();
    whenIdle(() => { void this.#fetch(null); });
  }

  async #have(order: string): Promise<void> {
    await (this.#read ??= this.#kept());
    if (this.#table.peek().orders[order] !== undefined || this.#asked.has(order)) return;
    this.#asked.add(order);
    if (!(await this.#fetch(order))) this.#asked.delete(order);
  }

  async #kept(): Promise<void> {
    const kept = await this.store.meta("recommended");
    if (kept !== undefined && this.#table.peek() === NONE) this.#table.value = kept;
  }

  /** One order is added to the table; the table of the list takes its place, but for orders that were asked for by themselves. */
  async #fetch(order: string | null): Promise<boolean> {
    const fresh = await this.attempt(async () => await this.client.recommendedParts(order));
    if (fresh === null) return false;
    const { orders, parts } = this.#table.peek();
    const kept = Object.entries(orders).filter(([id]) => order !== null || this.#asked.has(id));
    this.#table.value = { orders: { ...Object.fromEntries(kept), ...fresh.orders }, parts: kept.length === 0 ? fresh.parts : { ...parts, ...fresh.parts } };
    await this.store.setMeta("recommended", this.#table.peek());
    return true;
  }
}
