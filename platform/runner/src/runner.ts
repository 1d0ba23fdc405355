import type { Plan } from "@mendloop/engine";
import { type Signal, signal } from "@preact/signals";
import { Ahead } from "./ahead.ts";
import type { Client} from "./api/client.ts";
import { Refused, SignedOut, Unreachable } from "./api/client.ts";
import type { Card, Session } from "./api/types.ts";
import type { CaseDesk } from "./knowledge/desk.ts";
import { whenIdle } from "./later.ts";
import { LiveOrder } from "./order/live_order.ts";
import { Keeper } from "./photos/keeper.ts";
import { type OrderRecord, type OutboxEntry, type StoredPhoto, Store } from "./store/database.ts";
import { type Kept, keepOrder, readKept } from "./store/opened.ts";
import { Plans } from "./plans.ts";
import { RecommendedTable } from "./recommended.ts";
import { parked, tidy, waiting, waitingFor } from "./store/outbox.ts";
import { refusedPhotos } from "./store/photos.ts";
import { Sender } from "./sync/sender.ts";
import { keepTime } from "./words/times.ts";

/** How long an order that is on this phone waits for what the server knows of it. */
const PATIENCE_MS = 1_500;
/** What every server of ours takes; a larger limit is told with the session. */
const PHOTO_BYTES = 1_000_000;

/** Everything that the app knows and does for the person who is signed in on this phone. */
export class Runner {
  readonly store: Store;
  readonly plans: Plans;
  readonly recommended: Pick<RecommendedTable, "of" | "wake">;
  readonly keeper: Keeper;
  readonly sender: Sender;
  readonly cards: Signal<readonly Card[] | null> = signal<readonly Card[] | null>(null);
  readonly waitingCount = signal(0);
  readonly parked: Signal<readonly OutboxEntry[]> = signal<readonly OutboxEntry[]>([]);
  /** Photos that something waiting names and the server did not take. */
  readonly refused: Signal<readonly StoredPhoto[]> = signal<readonly StoredPhoto[]>([]);
  readonly reachable = signal(true);
  /** Whether orders have parts that are asked for: not in the designer's preview. */
  readonly hasParts: boolean = true;
  /** Whether solved cases are shown: not there, either. */
  readonly hasCases: boolean = true;
  /** Orders of which the server has said that there are none for this person. */
  readonly unknown = new Set<string>();
  readonly #orders = new Map<string, LiveOrder>();
  readonly #opening = new Map<string, Promise<LiveOrder | null>>();
  readonly #ahead = new Ahead(async (card) => await this.#fetchAhead(card));
  #first: string | null = null;
  /** How often something was done to an order: an answer that was asked for before is old by then. */
  readonly #acts = new Map<string, number>();
  readonly #tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("mendloop.runner");

  constructor(readonly session: Session, readonly client: Client) {
    this.store = new Store(session.person_id);
    keepTime(session);
    this.plans = new Plans(this.store, client, async (ask) => await this.attempt(ask));
    this.recommended = new RecommendedTable(this.store, client, async (ask) => await this.attempt(ask));
    this.keeper = new Keeper(this.store, session.photo_bytes ?? PHOTO_BYTES);
    this.sender = new Sender(this.store, client, async (orders) => { await this.settled(orders); });
    this.sender.before = async () => { await this.#sendVotes(); await this.#sendPartActs(); };
    this.#tabs?.addEventListener("message", (event: MessageEvent<unknown>) => { void this.reread(String(event.data)); });
  }

  /** Show what is on the phone, then ask the server. */
  async begin(): Promise<void> {
    const kept = await this.store.meta("cards");
    this.cards.value ??= kept ?? null;
    await this.count();
    await tidy(this.store, Date.now());
    await this.sender.sendAgain();
  }

  async refreshCards(): Promise<void> {
    const cards = await this.attempt(async () => await this.client.myOrders());
    if (cards === null) { this.cards.value ??= []; return; }
    this.cards.value = cards;
    await this.store.setMeta("cards", cards);
    this.#ahead.wake(cards);
    this.recommended.wake(cards);
    if (cards.length > 0) whenIdle(() => { void this.#cases().then(async (desk) => { await desk.wake(); }).catch(nothing); });
  }

  /** The order, if it is open already. */
  opened(id: string): LiveOrder | undefined {
    return this.#orders.get(id);
  }

  /** The order, from the phone if it is here, else from the server; null when it is nowhere to be had. */
  async open(id: string): Promise<LiveOrder | null> {
    const known = this.#orders.get(id);
    if (known === undefined) return await this.#openOnce(id);
    if (this.#first !== id) void this.refresh(id);
    this.#first = null;
    return known;
  }

  /** As `open`, before any screen asks for it: the first one that does finds it fresh. */
  async openFirst(id: string): Promise<void> {
    this.#first = id;
    await this.open(id);
  }

  async #openOnce(id: string): Promise<LiveOrder | null> {
    const opening = this.#opening.get(id) ?? this.#openNew(id).finally(() => { this.#opening.delete(id); });
    this.#opening.set(id, opening);
    return await opening;
  }

  async #openNew(id: string): Promise<LiveOrder | null> {
    const kept = await readKept(this.store, id);
    const record = kept.record ?? (kept.isWaiting ? null : await this.#answered(id, null));
    const plan = record === null ? null : await this.plans.find(record.order.plan_hash, kept.plan);
    if (record === null || plan === null) return null;
    const order = this.#live(record, plan, kept);
    this.#orders.set(id, order);
    if (kept.record !== undefined) await this.#renewed(record);
    return order;
  }

  /** Take over what the server knows of an order, unless something of ours still waits. */
  async refresh(id: string): Promise<void> {
    if ((await waitingFor(this.store, id)) > 0) return;
    const order = this.#orders.get(id);
    const fresh = await this.#fetched(id, order?.record.peek() ?? null);
    if (fresh !== null) order?.adopt(fresh);
  }

  async count(): Promise<void> {
    const entries = await waiting(this.store);
    this.waitingCount.value = entries.length;
    this.refused.value = await refusedPhotos(this.store, entries.flatMap(({ photos }) => photos));
    this.parked.value = await parked(this.store);
  }

  acted(order: string): void {
    this.#bump(order);
    this.#tabs?.postMessage(order);
    void this.count();
    this.sender.wake(50);
  }

  async settled(orders: ReadonlySet<string>): Promise<void> {
    await this.count();
    for (const id of orders) { this.#bump(id); await this.refresh(id); this.#tabs?.postMessage(id); }
    if (orders.size > 0) await this.refreshCards();
  }

  /** Another tab has written: read again what is on disk. */
  async reread(id: string): Promise<void> {
    this.#bump(id);
    const record = await this.#stored(id);
    if (record !== null) this.#orders.get(id)?.adopt(record);
    await this.count();
  }

  async flush(): Promise<void> {
    await Promise.all([...this.#orders.values()].map(async (order) => { await order.flush(); }));
  }

  /** Ask the server; when it cannot be reached, say so on the screen and answer null. */
  async attempt<T>(ask: () => Promise<T>): Promise<T | null> {
    try {
      const answer = await ask();
      this.reachable.value = true;
      return answer;
    } catch (failure) {
      if (failure instanceof SignedOut) this.sender.connection.value = "signed_out";
      else if (failure instanceof Unreachable) this.reachable.value = false;
      else if (!(failure instanceof Refused)) throw failure;
      return null;
    }
  }

  /** What was said of cases; it keeps nothing else waiting. */
  async #sendVotes(): Promise<void> {
    const waiting = await this.store.meta("case_votes");
    if (waiting !== undefined && Object.keys(waiting).length > 0) await this.attempt(async () => { await (await this.#cases()).send(); });
  }

  async #cases(): Promise<CaseDesk> {
    return (await import("./knowledge/piece.ts")).caseDeskOf(this);
  }

  /** What was done with parts goes first: an order does not end before it. */
  async #sendPartActs(): Promise<void> {
    const acts = await this.store.meta("part_acts");
    if (acts?.some(({ problems }) => problems.length === 0) === true) await (await import("./parts/desk.ts")).deskOf(this).send();
  }

  /** Have the order's parts as the server knows them. False when that cannot be had at once. */
  async #partsAnew(order: string): Promise<boolean> {
    const asking = import("./parts/desk.ts").then(async ({ deskOf }) => {
      await this.attempt(async () => { await deskOf(this).send(); });
      return await deskOf(this).refresh(order);
    });
    return await Promise.race([asking.catch(() => false), pause(PATIENCE_MS).then(() => false)]);
  }

  #bump(order: string): void {
    this.client.forget();
    this.#acts.set(order, (this.#acts.get(order) ?? 0) + 1);
  }

  async #stored(id: string): Promise<OrderRecord | null> {
    return (await this.store.use(async (database) => await database.get("orders", id))) ?? null;
  }

  /** Ask what the server knows since; a slow network keeps nobody waiting, and nobody waits for what the list shows already. */
  async #renewed({ id, order: { revision } }: OrderRecord): Promise<void> {
    const asking = this.refresh(id);
    const isInList = this.cards.peek()?.some((card) => card.id === id && card.revision <= revision) === true;
    if (!isInList) await Promise.race([asking, pause(PATIENCE_MS)]);
  }

  /** What is not on the phone yet is kept there after it is shown. */
  #live(record: OrderRecord, plan: Plan, kept: Kept): LiveOrder {
    const actor = { person: this.session.person_id, work_roles: this.session.work_roles };
    const isKept = kept.record === undefined ? pause(0).then(async () => await keepOrder(this.store, record)) : Promise.resolve(true);
    return new LiveOrder(this.store, plan, actor, record, () => { this.acted(record.id); }, kept.drafts, isKept, async () => await this.#partsAnew(record.id));
  }

  /** Have an order on the phone before anybody opens it. False when the server gave none. */
  async #fetchAhead({ id, revision, plan_hash: plan }: Card): Promise<boolean> {
    const kept = await readKept(this.store, id);
    const isCurrent = kept.isWaiting || (kept.record?.order.revision ?? -1) >= revision;
    const hasOrder = isCurrent || (await this.#fetched(id, kept.record ?? null)) !== null;
    return hasOrder && (await this.plans.has(plan));
  }

  /** The server's order, kept on the phone unless an act of ours came in between; null when nothing new is to be had. */
  async #fetched(id: string, known: OrderRecord | null): Promise<OrderRecord | null> {
    const record = await this.#answered(id, known);
    return record !== null && (await keepOrder(this.store, record)) ? record : null;
  }

  async #answered(id: string, known: OrderRecord | null): Promise<OrderRecord | null> {
    const before = this.#acts.get(id);
    const answer = await this.attempt(async () => await this.#asked(id, known));
    return answer === null || before !== this.#acts.get(id) ? null : { id, ...answer };
  }

  async #asked(id: string, known: OrderRecord | null): ReturnType<Client["order"]> {
    try {
      return await this.client.order(id, known);
    } catch (failure) {
      if (failure instanceof Refused) this.unknown.add(id);
      throw failure;
    }
  }
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((done) => { setTimeout(done, milliseconds); });
}

function nothing(): void {
  // the piece that shows cases is fetched when somebody needs it
}
