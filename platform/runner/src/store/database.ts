import type { Answers, JsonObject, Reasons } from "@mendloop/engine";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Card, FullOrder, RecommendedParts, Replaces, Session, SpokenProblem } from "../api/types.ts";
import type { Scanned } from "../parts/scanned.ts";
import type { KnownCases } from "../knowledge/types.ts";
import type { Waiting } from "../knowledge/votes.ts";
import type { OrderParts, PartAct } from "../parts/types.ts";
import { recall } from "../settings.ts";

/** An order as this phone knows it: the server's, with our own waiting acts already done to it. */
export interface OrderRecord {
  readonly id: string;
  readonly order: FullOrder;
  readonly etag: string | null;
}

/**
 * One command on its way. `waiting`: the server has not said that it has it. `done`: it has, the entry is kept a while longer.
 * `parked`: the server refused it and keeps it for somebody to look at; so do we.
 */
export interface OutboxEntry {
  readonly id: string;
  readonly order: string;
  readonly author: string;
  readonly type: string;
  readonly at: string;
  readonly sequence: number;
  readonly base_revision: number;
  readonly monotonic_ms: number;
  readonly payload: JsonObject;
  readonly photos: readonly string[];
  readonly replaces?: Replaces;
  readonly status: "waiting" | "done" | "parked";
  /** How often it was sent. Only what was never sent may still be changed. */
  readonly attempts: number;
  readonly answered_at: string | null;
  readonly problems: readonly SpokenProblem[];
}

export interface StoredPhoto {
  readonly sha256: string;
  readonly picture: Blob;
  readonly kept_at: string;
  readonly sent_at: string | null;
  /** The server's code when it did not take this picture. It is not sent again before somebody asks for it, or the app begins anew. */
  readonly refused: string | null;
  readonly refused_params?: JsonObject;
  /** It belongs to a template, not to an answer. */
  readonly of_template?: boolean;
}

/** What was typed into an open visit, whether it is valid already or not. */
export interface Draft {
  readonly key: string;
  readonly answers: Answers;
  readonly reasons: Reasons;
}

export interface Device {
  readonly id: string;
  readonly incarnation: string;
  readonly next_sequence: number;
}

export interface Meta {
  device: Device;
  cards: readonly Card[];
  session: Session;
  epoch: string;
  recommended: RecommendedParts;
  /** By order. */
  order_parts: Readonly<Record<string, OrderParts>>;
  part_acts: readonly PartAct[];
  /** By order: what was scanned and is not taken. */
  scanned_parts: Readonly<Record<string, readonly Scanned[]>>;
  cases: { readonly known: KnownCases; readonly etag: string | null };
  /** What was said of cases and the server has not said that it has. */
  case_votes: Waiting;
}

export interface RunnerSchema extends DBSchema {
  meta: { key: keyof Meta; value: Meta[keyof Meta] };
  orders: { key: string; value: OrderRecord };
  plans: { key: string; value: { hash: string; plan: unknown } };
  outbox: { key: string; value: OutboxEntry; indexes: { by_status: [string, number]; by_order: [string, string, number] } };
  photos: { key: string; value: StoredPhoto };
  drafts: { key: string; value: Draft };
}

export type Database = IDBPDatabase<RunnerSchema>;
export type StoreName = "meta" | "orders" | "plans" | "outbox" | "photos" | "drafts";

const VERSION = 1;
/** A write that is on disk when its transaction completes: only then may the screen say "saved". */
export const STRICT = { durability: "strict" } as const;

/** The database of one person on this phone: nobody else's work is in it. */
export async function openDatabase(person: string): Promise<Database> {
  return await openDB<RunnerSchema>(`mendloop.${person}`, VERSION, {
    upgrade(database) {
      database.createObjectStore("meta");
      database.createObjectStore("orders", { keyPath: "id" });
      database.createObjectStore("plans", { keyPath: "hash" });
      database.createObjectStore("photos", { keyPath: "sha256" });
      database.createObjectStore("drafts", { keyPath: "key" });
      const outbox = database.createObjectStore("outbox", { keyPath: "id" });
      outbox.createIndex("by_status", ["status", "sequence"]);
      outbox.createIndex("by_order", ["order", "status", "sequence"]);
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });
}

/** A database that is opened again when the browser has closed it under the page. */
export class Store {
  #open: Promise<Database> | null = null;
  readonly #isFirst = typeof localStorage !== "undefined" && recall("session") === null;

  constructor(readonly person: string) {}

  async use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#opened());
    } catch (failure) {
      if (!(failure instanceof DOMException) || failure.name !== "InvalidStateError") throw failure;
      this.#open = null;
      return await work(await this.#opened());
    }
  }

  /** True when nobody was ever on this phone, so that nothing can be in here. */
  get isNew(): boolean {
    return this.#isFirst && this.#open === null;
  }

  #opened(): Promise<Database> {
    this.#open ??= openDatabase(this.person).catch((failure: unknown) => { this.#open = null; throw failure; });
    return this.#open;
  }

  async meta<K extends keyof Meta>(key: K): Promise<Meta[K] | undefined> {
    return await this.use(async (database) => (await database.get("meta", key)) as Meta[K] | undefined);
  }

  async setMeta<K extends keyof Meta>(key: K, value: Meta[K]): Promise<void> {
    await this.use(async (database) => { await database.put("meta", value, key); });
  }
}
