import type { JsonObject, Problem } from "@mendloop/engine";
import { type Signal, signal } from "@preact/signals";
import { Refused } from "../api/client.ts";
import type { Runner } from "../runner.ts";
import { newId } from "../store/ids.ts";
import { STRICT } from "../store/database.ts";
import { done } from "./done.ts";
import type { OrderParts, PartAct, PartVerb } from "./types.ts";

/** An order's parts on this phone. What is done is on disk first; it goes to the server as soon as there is one, each thing once. */
export class PartsDesk {
  readonly sheets: Signal<Readonly<Record<string, OrderParts>>> = signal<Readonly<Record<string, OrderParts>>>({});
  readonly acts: Signal<readonly PartAct[]> = signal<readonly PartAct[]>([]);

  #sending: Promise<void> = Promise.resolve();

  constructor(private readonly runner: Runner) {}

  /** What this phone knows, then what the server says. */
  async open(order: string): Promise<void> {
    this.acts.value = (await this.runner.store.meta("part_acts")) ?? [];
    const kept = (await this.runner.store.meta("order_parts"))?.[order];
    if (kept !== undefined && this.sheets.value[order] === undefined) this.#show(kept);
    await this.runner.attempt(async () => { await this.send(); });
    await this.refresh(order);
  }

  /** Ask the server, unless something of ours still has to get there. */
  async refresh(order: string): Promise<void> {
    if (this.#waiting().some((act) => act.order === order)) return;
    const sheet = await this.runner.attempt(async () => await this.runner.client.orderParts(order));
    if (sheet !== null) await this.#keep(sheet);
  }

  /** Do it. Settles when it is on disk and, with a network, on the server; answers what the server had against it. */
  async do(order: string, verb: PartVerb, body: JsonObject): Promise<readonly Problem[]> {
    const act: PartAct = { key: newId(), order, verb, body, at: new Date().toISOString(), problems: [] };
    await this.#change((acts) => [...acts, act]);
    const sheet = this.sheets.value[order];
    if (sheet !== undefined) await this.#keep(done(sheet, act));
    await this.runner.attempt(async () => { await this.send(); });
    const refused = this.acts.value.find(({ key }) => key === act.key)?.problems ?? [];
    if (refused.length > 0) { await this.forget(act.key); await this.refresh(order); }
    return refused;
  }

  /** Everything that waits, in order. Throws when the server cannot be reached. */
  async send(): Promise<void> {
    const sending = this.#sending.catch(nothing).then(async () => { await this.#sendAll(); });
    this.#sending = sending;
    await sending;
  }

  /** Seen: what the server did not take is put away. */
  async forget(key: string): Promise<void> {
    await this.#change((acts) => acts.filter((each) => each.key !== key));
  }

  async #sendAll(): Promise<void> {
    await this.#change((acts) => acts);
    for (let act = this.#waiting()[0]; act !== undefined; act = this.#waiting()[0]) await this.#sendOne(act);
  }

  async #sendOne(act: PartAct): Promise<void> {
    try {
      const sheet = await this.runner.client.actOnParts(act.order, act.verb, { key: act.key, ...act.body });
      await this.forget(act.key);
      if (!this.#waiting().some(({ order }) => order === act.order)) await this.#keep(sheet);
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure;
      const problem = { code: failure.code, at: "", element: "", params: failure.params };
      await this.#change((acts) => acts.map((each) => (each.key === act.key ? { ...act, problems: [problem] } : each)));
    }
  }

  #waiting(): readonly PartAct[] {
    return this.acts.value.filter(({ problems }) => problems.length === 0);
  }

  /** On disk when it settles: other tabs write there too. */
  async #change(change: (acts: readonly PartAct[]) => readonly PartAct[]): Promise<void> {
    this.acts.value = await this.runner.store.use(async (database) => {
      const tx = database.transaction("meta", "readwrite", STRICT);
      const acts = change(((await tx.store.get("part_acts")) ?? []) as readonly PartAct[]);
      await tx.store.put(acts, "part_acts");
      await tx.done;
      return acts;
    });
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
