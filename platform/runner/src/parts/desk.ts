import type { JsonObject, Problem } from "@mendloop/engine";
import { batch, type Signal, signal } from "@preact/signals";
import { Refused } from "../api/client.ts";
import type { Runner } from "../runner.ts";
import { newId } from "../store/ids.ts";
import { done } from "./done.ts";
import { changeKept, type Kept } from "./kept.ts";
import { lookUp } from "./look_up.ts";
import { isMeant, isSame, joined, lookedUp, named, type Scanned } from "./scanned.ts";
import { refused, taken, withList } from "./taking.ts";
import type { NearPiece, OrderPart, OrderParts, PartAct, PartVerb } from "./types.ts";

/** What it needs of the app. */
export type PartsHost = Pick<Runner, "store" | "client" | "attempt">;

/** An order's parts on this phone. What is done is on disk first; it goes to the server as soon as there is one, each thing once. */
export class PartsDesk {
  readonly sheets: Signal<Readonly<Record<string, OrderParts>>> = signal<Readonly<Record<string, OrderParts>>>({});
  readonly acts: Signal<readonly PartAct[]> = signal<readonly PartAct[]>([]);
  /** By order: what was scanned and is not taken. It is on disk, until it is taken or put away. */
  readonly scanned: Signal<Kept["scanned"]> = signal<Kept["scanned"]>({});

  #sending: Promise<void> = Promise.resolve();
  #checking: Promise<void> = Promise.resolve();

  constructor(private readonly runner: PartsHost) {}

  /** What this phone knows, then what the server says. */
  async open(order: string): Promise<void> {
    await this.#change((all) => all);
    const kept = (await this.runner.store.meta("order_parts"))?.[order];
    if (kept !== undefined && this.sheets.value[order] === undefined) this.#show(kept);
    await this.runner.attempt(async () => { await this.send(); });
    await this.refresh(order);
  }

  /** Ask the server, unless something of ours still has to get there. True when it has answered. */
  async refresh(order: string): Promise<boolean> {
    if (this.#isWaiting(order)) return false;
    const sheet = await this.runner.attempt(async () => await this.runner.client.orderParts(order));
    if (sheet !== null) await this.#keep(sheet);
    return sheet !== null;
  }

  /** Do it. Settles when it is on disk and, with a network, on the server; answers what the server had against it. */
  async do(order: string, verb: PartVerb, body: JsonObject): Promise<readonly Problem[]> {
    const act: PartAct = { key: newId(), order, verb, body, at: new Date().toISOString(), problems: [] };
    await this.#change((all) => ({ ...all, acts: [...all.acts, act] }));
    await this.#showDone(act);
    await this.runner.attempt(async () => { await this.send(); });
    const problems = this.acts.value.find(({ key }) => key === act.key)?.problems ?? [];
    if (problems.length > 0) { await this.forget(act.key); await this.refresh(order); }
    return problems;
  }

  /** Onto the list of what was scanned. Of a number that nobody meant it is asked at once what it is. */
  async scan(order: string, line: Scanned): Promise<void> {
    await this.#changeList(order, (list) => joined(list, line, ...this.#here(order)));
    await this.check(order);
  }

  /** Put `next` in the place of a line of the list; null: nothing. */
  async put(order: string, line: Scanned, next: Scanned | null): Promise<void> {
    await this.#changeList(order, (list) => list.flatMap((each) => (!isSame(each, line) ? [each] : next === null ? [] : [next])));
  }

  /** Say which piece one of a line is. */
  async name(order: string, line: Scanned, serial: string): Promise<void> {
    await this.#changeList(order, (list) => named(list, line, serial));
  }

  /** What was taken for a number of its own is the serial number of one of a line. */
  async nameBy(order: string, read: Scanned, line: Scanned): Promise<void> {
    await this.#changeList(order, (list) => named(list.filter((each) => !isSame(each, read)), line, read.number));
  }

  /** Ask what is not known yet of the list: it may be planned meanwhile, or there may be no such part. */
  async check(order: string): Promise<void> {
    const checking = this.#checking.catch(nothing).then(async () => { await this.#check(order); });
    this.#checking = checking;
    await checking;
  }

  /** Take what is right of the list; the rest stays. Settles when it is on disk and, with a network, on the server: what that refuses is on the list again. */
  async take(order: string): Promise<void> {
    const before = new Set(this.acts.value.map(({ key }) => key));
    await this.#change((all) => taken(all, order, ...this.#here(order)));
    for (const act of this.acts.value.filter(({ key }) => !before.has(key))) await this.#showDone(act);
    await this.runner.attempt(async () => { await this.send(); });
  }

  /** Have the storekeeper bring what is not there: then it is no longer on the list. False where that is refused; the list says why. */
  async askFor(order: string, line: Scanned): Promise<boolean> {
    const planned = this.sheets.value[order]?.parts.find(({ number }) => number === line.number)?.planned ?? 0;
    const problems = planned > 0 && !line.extra
      ? await this.do(order, "ask", { number: line.number })
      : await this.do(order, "plan", { number: line.number, quantity: planned + line.quantity });
    await this.put(order, line, problems.length === 0 ? null : { ...line, refused: problems });
    return problems.length === 0;
  }

  /** Everything that waits, in order. Throws when the server cannot be reached. */
  async send(): Promise<void> {
    const sending = this.#sending.catch(nothing).then(async () => { await this.#sendAll(); });
    this.#sending = sending;
    await sending;
  }

  /** Seen: what the server did not take is put away. */
  async forget(key: string): Promise<void> {
    await this.#change((all) => ({ ...all, acts: all.acts.filter((each) => each.key !== key) }));
  }

  async #sendAll(): Promise<void> {
    await this.#change((all) => all);
    for (let act = this.#waiting()[0]; act !== undefined; act = this.#waiting()[0]) await this.#sendOne(act);
  }

  async #sendOne(act: PartAct): Promise<void> {
    try {
      const sheet = await this.runner.client.actOnParts(act.order, act.verb, { key: act.key, ...act.body });
      await this.forget(act.key);
      if (!this.#isWaiting(act.order)) await this.#keep(sheet);
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure;
      await this.#change((all) => refused(all, act.key, failure.problems));
      if (act.scanned !== undefined) await this.refresh(act.order);
    }
  }

  async #check(order: string): Promise<void> {
    if (this.#unknown(order).length > 0) await this.refresh(order);
    for (const line of this.#unknown(order)) {
      const looked = await lookUp(this.runner, line.number, this.#here(order)[0]);
      if (looked === null) return;
      await this.#changeList(order, (list) => lookedUp(list, line, looked, ...this.#here(order)));
    }
  }

  /** The order's parts, and what of them lies near. */
  #here(order: string): readonly [readonly OrderPart[], readonly NearPiece[]] {
    const { parts = [], pieces = [] } = this.sheets.value[order] ?? {};
    return [parts, pieces];
  }

  #waiting(): readonly PartAct[] {
    return this.acts.value.filter(({ problems }) => problems.length === 0);
  }

  #isWaiting(order: string): boolean {
    return this.#waiting().some((act) => act.order === order);
  }

  /** Lines that nobody meant for the order, of which nobody has said what they are. */
  #unknown(order: string): readonly Scanned[] {
    const [parts] = this.#here(order);
    return (this.scanned.value[order] ?? []).filter(({ number, known }) => known === null && !isMeant(number, parts));
  }

  async #changeList(order: string, change: (list: readonly Scanned[]) => readonly Scanned[]): Promise<void> {
    await this.#change((all) => ({ ...all, scanned: withList(all.scanned, order, change(all.scanned[order] ?? [])) }));
  }

  async #change(change: (kept: Kept) => Kept): Promise<void> {
    const kept = await changeKept(this.runner.store, change);
    batch(() => { this.acts.value = kept.acts; this.scanned.value = kept.scanned; });
  }

  /** The sheet as it will be. */
  async #showDone(act: PartAct): Promise<void> {
    const sheet = this.sheets.value[act.order];
    if (sheet !== undefined) await this.#keep(done(sheet, act));
  }

  async #keep(sheet: OrderParts): Promise<void> {
    this.#show(sheet);
    await this.runner.store.setMeta("order_parts", { ...(await this.runner.store.meta("order_parts")), [sheet.order]: sheet });
  }

  #show(sheet: OrderParts): void {
    this.sheets.value = { ...this.sheets.value, [sheet.order]: sheet };
  }
}

function nothing(): void {
  // whoever began it has been told
}

const desks = new WeakMap<Runner, PartsDesk>();

export function deskOf(runner: Runner): PartsDesk {
  const known = desks.get(runner) ?? new PartsDesk(runner);
  desks.set(runner, known);
  return known;
}
