import { type Answers, type Command, type decide, type Event, type Json, type JsonObject, type Plan, type Problem, type Reasons, type State } from "@mendloop/engine";
import type { FullOrder, VisitRecord } from "../api/types.ts";
import { type Device, type Draft, type Meta, type OrderRecord, type OutboxEntry, STRICT, type Store } from "../store/database.ts";
import type { OrderParts } from "../parts/types.ts";
import { newId } from "../store/ids.ts";
import { againstIt } from "../parts/unsettled.ts";
import { deciding, fetchDecide } from "./deciding.ts";
import { unfinished } from "./sub_orders.ts";
import { findingsAfter, VisitHistory, visitsAfter } from "./visit_history.ts";

/** Something to be done to an order: the engine's command without who, when and which roles. */
export interface Act {
  readonly type: Command["type"];
  readonly payload: JsonObject;
  /** What was typed into the visit and is not recorded, kept in the same transaction. Null: the visit's draft is no longer needed. */
  readonly draft?: { readonly visit: string; readonly answers: Answers; readonly reasons: Reasons } | null;
}

export interface Actor {
  readonly person: string;
  readonly work_roles: readonly string[];
}

export type Done = { readonly ok: true; readonly record: OrderRecord } | { readonly ok: false; readonly problems: readonly Problem[] };

const PHOTO = /^[0-9a-f]{64}$/;

/**
 * Decide an act on this phone; when the engine accepts it, keep the order's new state, the outbox entry and the draft in one transaction.
 * Answers only after that transaction is complete and on disk.
 */
export async function act(store: Store, plan: Plan, actor: Actor, order: string, wanted: Act): Promise<Done> {
  const decide = deciding.peek() ?? await decideWhenHere(store, order, wanted);
  return await store.use(async (database) => {
    const tx = database.transaction(["orders", "outbox", "meta", "drafts"], "readwrite", STRICT);
    const record = await tx.objectStore("orders").get(order);
    if (record === undefined) throw new Error(`order ${order} is not on this phone`);
    const at = new Date().toISOString();
    const decision = decide(plan, record.order.state, commandOf(wanted, actor, at), new VisitHistory(record.order.visits));
    if (wanted.draft) await tx.objectStore("drafts").put(draftRow(order, wanted.draft));
    const unsent = await unsentVisits(tx.objectStore("outbox").index("by_order"), record.order);
    const refused = decision.accepted
      ? [...await unfinished(record.order, decision.events, tx.objectStore("orders")), ...againstIt(plan, decision.events, await sheetOf(tx.objectStore("meta"), order), unsent)]
      : decision.problems;
    if (!decision.accepted || refused.length > 0) {
      await tx.done;
      return { ok: false, problems: refused };
    }
    const earlier = await lastUnsent(tx.objectStore("outbox").index("by_order"), order);
    const joined = joinable(earlier, wanted) ? earlier : null;
    const after = orderAfter(record.order, decision.events, joined === null ? decision.state : record.order.state);
    // No longer what the server has: if it refuses this, its own state must come again although it is the same there as before.
    const next: OrderRecord = { ...record, order: after, etag: null };
    await tx.objectStore("orders").put(next);
    if (joined === null) {
      const device = (await tx.objectStore("meta").get("device")) as Device | undefined;
      const { id, incarnation, next_sequence: sequence } = device ?? { id: newId(), incarnation: newId(), next_sequence: 1 };
      await tx.objectStore("meta").put({ id, incarnation, next_sequence: sequence + 1 }, "device");
      await tx.objectStore("outbox").put(entryOf(wanted, actor, record.order, at, sequence));
    } else {
      await tx.objectStore("outbox").put(withAnswers(joined, wanted, at));
    }
    if (wanted.draft) await tx.objectStore("drafts").put(draftRow(order, withoutRecorded(wanted.draft, wanted.payload)));
    if (wanted.draft === null) await tx.objectStore("drafts").delete(draftKey(order, wanted.payload["visit"] as string));
    await tx.done;
    return { ok: true, record: next };
  });
}

/** The order's parts as this phone knows them. */
async function sheetOf(meta: { get: (key: "order_parts") => Promise<unknown> }, order: string): Promise<OrderParts | undefined> {
  return ((await meta.get("order_parts")) as Meta["order_parts"] | undefined)?.[order];
}

/** The visits that this phone has completed and the server does not know yet. */
async function unsentVisits(index: { getAll: (range: IDBKeyRange) => Promise<readonly OutboxEntry[]> }, order: FullOrder): Promise<readonly VisitRecord[]> {
  const waiting = await index.getAll(IDBKeyRange.bound([order.id, "waiting", 0], [order.id, "waiting", Infinity]));
  const completed = new Set(waiting.filter(({ type }) => type === "CompleteStep").map(({ payload }) => payload["visit"]));
  return order.visits.filter(({ visit }) => completed.has(visit));
}

/** What was typed does not wait for the engine: it is on disk also when the page is closed before, or the engine cannot be had. */
async function decideWhenHere(store: Store, order: string, wanted: Act): Promise<typeof decide> {
  if (wanted.draft) await keepDraft(store, order, wanted.draft);
  return await fetchDecide();
}

/** Keep what stands in a visit's fields although it cannot be recorded yet. */
export async function keepDraft(store: Store, order: string, draft: NonNullable<Act["draft"]>): Promise<void> {
  await store.use(async (database) => {
    const tx = database.transaction("drafts", "readwrite", STRICT);
    await tx.store.put(draftRow(order, draft));
    await tx.done;
  });
}

export async function readDraft(store: Store, order: string, visit: string): Promise<Draft | undefined> {
  return await store.use(async (database) => await database.get("drafts", draftKey(order, visit)));
}

export function commandOf(wanted: Pick<Act, "type" | "payload">, actor: Actor, at: string): Command {
  return { ...wanted.payload, type: wanted.type, by: actor.person, roles: actor.work_roles, at } as unknown as Command;
}

function draftKey(order: string, visit: string): string {
  return `${order} ${visit}`;
}

function draftRow(order: string, { visit, answers, reasons }: NonNullable<Act["draft"]>): Draft {
  return { key: draftKey(order, visit), answers, reasons };
}

function orderAfter(order: FullOrder, events: readonly Event[], state: State): FullOrder {
  return {
    ...order, state, status: state.status, outcome: state.outcome, revision: state.sequence,
    visits: events.reduce(visitsAfter, order.visits), findings: events.reduce(findingsAfter, order.findings),
  };
}

/** What was typed, less what the accepted command has recorded. */
function withoutRecorded(draft: NonNullable<Act["draft"]>, payload: JsonObject): NonNullable<Act["draft"]> {
  const recorded = (payload["answers"] ?? {}) as Answers;
  return { ...draft, answers: Object.fromEntries(Object.entries(draft.answers).filter(([id]) => !Object.hasOwn(recorded, id))) };
}

function entryOf(wanted: Act, actor: Actor, order: FullOrder, at: string, sequence: number): OutboxEntry {
  return {
    id: newId(), order: order.id, author: actor.person, type: wanted.type, at, sequence, base_revision: order.state.sequence,
    monotonic_ms: performance.now(), payload: wanted.payload, photos: [...photosIn(wanted.payload)],
    status: "waiting", attempts: 0, answered_at: null, problems: [],
  };
}

interface ByOrder {
  openCursor: (range: IDBKeyRange, direction: "prev") => Promise<{ readonly value: OutboxEntry } | null>;
}

async function lastUnsent(index: ByOrder, order: string): Promise<OutboxEntry | null> {
  const last = await index.openCursor(IDBKeyRange.bound([order, "waiting", 0], [order, "waiting", Infinity]), "prev");
  return last !== null && last.value.attempts === 0 ? last.value : null;
}

/** Answers of the same visit join an entry that nobody has sent yet: typing makes one command, not fifty. */
function joinable(earlier: OutboxEntry | null, wanted: Act): earlier is OutboxEntry {
  return earlier?.type === "RecordAnswers" && wanted.type === "RecordAnswers" && earlier.payload["visit"] === wanted.payload["visit"];
}

function withAnswers(entry: OutboxEntry, wanted: Act, at: string): OutboxEntry {
  const answers = { ...(entry.payload["answers"] as Answers), ...(wanted.payload["answers"] as Answers) };
  const payload = { ...entry.payload, answers };
  return { ...entry, at, payload, photos: [...photosIn(payload)] };
}

/** Every photo that a payload names. */
export function photosIn(value: Json): Set<string> {
  if (typeof value === "string") return new Set(PHOTO.test(value) ? [value] : []);
  if (typeof value !== "object" || value === null) return new Set();
  const inside: readonly Json[] = Array.isArray(value) ? value : Object.values(value as JsonObject);
  return new Set(inside.flatMap((each) => [...photosIn(each)]));
}
