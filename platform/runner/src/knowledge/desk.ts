import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { Refused } from "../api/client.ts";
import type { Runner } from "../runner.ts";
import type { Asked, CaseVote, KnownCase, KnownCases, Ranked } from "./types.ts";
import { rank } from "./ranking.ts";
import { arrived, changeWaiting, counted, keyOf, sayOf, type Waiting } from "./votes.ts";

/** What it needs of the app. */
export type CasesHost = Pick<Runner, "store" | "client" | "attempt">;

const NONE: KnownCases = { cases: [], votes: [], faults: {}, products: {}, checks: {} };
/** The table is asked for again after so long: others have learned something since. An unchanged one costs an empty answer that is quickly found. */
const OLD_MS = 60_000;

/** The solved cases on this phone. It ranks them by itself; what is said of them is on disk first and goes to the server when there is one. */
export class CaseDesk {
  readonly table: Signal<KnownCases> = signal<KnownCases>(NONE);
  readonly waiting: Signal<Waiting> = signal<Waiting>({});
  readonly cases: ReadonlySignal<readonly KnownCase[]> = computed(() => counted(this.table.value.cases, this.table.value.votes, this.waiting.value));
  #read: Promise<void> | null = null;
  #sending: Promise<void> = Promise.resolve();
  #etag: string | null = null;
  #fetchedAt = -Infinity;

  constructor(private readonly runner: CasesHost) {}

  /** Have what is kept on this phone, then what the server has since. */
  async wake(): Promise<void> {
    await this.have();
    if (performance.now() - this.#fetchedAt < OLD_MS) return;
    this.#fetchedAt = performance.now();
    if (!(await this.#fetch())) this.#fetchedAt = -Infinity;
  }

  /** Have what is kept on this phone. */
  async have(): Promise<void> {
    await (this.#read ??= this.#kept());
  }

  ranked(asked: Asked): readonly Ranked[] {
    return rank(asked, this.cases.value);
  }

  said(order: string, id: string): boolean | null {
    return sayOf({ order, case: id }, this.table.value.votes, this.waiting.value);
  }

  /** It helped, it did not, or nothing is said after all. Settles when it is on disk; with a network it is sent at once. */
  async say(vote: Omit<CaseVote, "at">): Promise<void> {
    const fresh: CaseVote = { ...vote, at: new Date().toISOString() };
    this.waiting.value = await changeWaiting(this.runner.store, (all) => ({ ...all, [keyOf(fresh)]: fresh }));
    void this.runner.attempt(async () => { await this.send(); });
  }

  /** Everything that waits. Throws when the server cannot be reached. */
  async send(): Promise<void> {
    const sending = this.#sending.catch(nothing).then(async () => { await this.#sendAll(); });
    this.#sending = sending;
    await sending;
  }

  async #sendAll(): Promise<void> {
    const waiting = await changeWaiting(this.runner.store, (all) => all);
    for (const vote of Object.values(waiting)) await this.#sendOne(vote);
    if (Object.keys(waiting).length > 0) await this.#fetch();
  }

  /** A case or an order that the server no longer has is nothing to speak of. */
  async #sendOne(vote: CaseVote): Promise<void> {
    try {
      await this.runner.client.voteOnCase(vote);
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure;
    }
    const left = await changeWaiting(this.runner.store, (all) => arrived(all, vote));
    batch(() => { this.table.value = withVote(this.table.value, vote); this.waiting.value = left; });
  }

  async #kept(): Promise<void> {
    const [table, waiting] = await Promise.all([this.runner.store.meta("cases"), this.runner.store.meta("case_votes")]);
    batch(() => { this.table.value = table?.known ?? NONE; this.waiting.value = waiting ?? {}; });
    this.#etag = table?.etag ?? null;
  }

  /** False when the server gave no answer. */
  async #fetch(): Promise<boolean> {
    const fresh = await this.runner.attempt(async () => await this.runner.client.knownCases(this.#etag));
    if (fresh === null) return false;
    if (fresh === "same") return true;
    this.#etag = fresh.etag;
    this.table.value = fresh.known;
    await this.runner.store.setMeta("cases", fresh);
    return true;
  }
}

/** The table as the server will tell it, until it does. */
function withVote({ cases, votes, ...rest }: KnownCases, vote: CaseVote): KnownCases {
  const known = counted(cases, votes, { [keyOf(vote)]: vote });
  return { ...rest, cases: known, votes: [...votes.filter((each) => keyOf(each) !== keyOf(vote)), vote] };
}

function nothing(): void {
  // whoever began it has been told
}

const desks = new WeakMap<CasesHost, CaseDesk>();

export function caseDeskOf(runner: Runner): CaseDesk {
  const known = desks.get(runner) ?? new CaseDesk(runner);
  desks.set(runner, known);
  return known;
}
