import { type Draft, type OrderRecord, type Store } from "./database.ts";

/** What this phone has of an order. */
export interface Kept {
  readonly record: OrderRecord | undefined;
  readonly plan: unknown;
  /** By visit. */
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly isWaiting: boolean;
}

const NOTHING: Kept = { record: undefined, plan: undefined, drafts: new Map(), isWaiting: false };

/** Everything that is needed to show an order, in one transaction: on a slow phone each costs as much as a screen. */
export async function readKept(store: Store, id: string): Promise<Kept> {
  if (store.isNew) return NOTHING; // making a database takes longer than showing an order
  return await store.use(async (database) => {
    const tx = database.transaction(["orders", "plans", "drafts", "outbox"]);
    const [record, drafts, waiting] = await Promise.all([
      tx.objectStore("orders").get(id),
      tx.objectStore("drafts").getAll(IDBKeyRange.bound(`${id} `, `${id} \uffff`)),
      tx.objectStore("outbox").index("by_order").count(waitingOf(id)),
    ]);
    const plan = record === undefined ? undefined : await tx.objectStore("plans").get(record.order.plan_hash);
    return { record, plan: plan?.plan, drafts: new Map(drafts.map((draft) => [draft.key.slice(id.length + 1), draft])), isWaiting: waiting > 0 };
  });
}

/** Keep the server's order, unless something of ours still waits for it. True when it was kept. */
export async function keepOrder(store: Store, record: OrderRecord): Promise<boolean> {
  return await store.use(async (database) => {
    const tx = database.transaction(["orders", "outbox"], "readwrite");
    const busy = (await tx.objectStore("outbox").index("by_order").count(waitingOf(record.id))) > 0;
    if (!busy) await tx.objectStore("orders").put(record);
    await tx.done;
    return !busy;
  });
}

export async function keepPlan(store: Store, hash: string, plan: unknown): Promise<void> {
  await store.use(async (database) => { await database.put("plans", { hash, plan }); });
}

function waitingOf(order: string): IDBKeyRange {
  return IDBKeyRange.bound([order, "waiting", 0], [order, "waiting", Infinity]);
}
