import { STRICT, type Store } from "../store/database.ts";
import type { CaseVote, KnownCase } from "./types.ts";

/** One person says one thing of a case in an order: who says another takes the first back. */
export function keyOf({ order, case: id }: Pick<CaseVote, "order" | "case">): string {
  return `${order} ${id}`;
}

/** What waits to be sent, by what it is about. */
export type Waiting = Readonly<Record<string, CaseVote>>;

/** Change what waits in one transaction, on disk when it settles: other tabs write there too. */
export async function changeWaiting(store: Store, change: (waiting: Waiting) => Waiting): Promise<Waiting> {
  return await store.use(async (database) => {
    const tx = database.transaction("meta", "readwrite", STRICT);
    const before = ((await tx.store.get("case_votes")) ?? {}) as Waiting;
    const after = change(before);
    if (after !== before) await tx.store.put(after, "case_votes");
    await tx.done;
    return after;
  });
}

/** It has arrived; unless something else was said meanwhile. */
export function arrived(waiting: Waiting, sent: CaseVote): Waiting {
  const key = keyOf(sent);
  return waiting[key]?.at !== sent.at ? waiting : Object.fromEntries(Object.entries(waiting).filter(([each]) => each !== key));
}

/** What this person says of a case in an order: what waits, else what the server knows. */
export function sayOf(about: Pick<CaseVote, "order" | "case">, told: readonly CaseVote[], waiting: Waiting): boolean | null {
  const key = keyOf(about);
  const said = waiting[key] ?? told.find((each) => keyOf(each) === key);
  return said?.helped ?? null;
}

/** The cases as the next one will see them: with what this phone has said and the server does not count yet. */
export function counted(cases: readonly KnownCase[], told: readonly CaseVote[], waiting: Waiting): readonly KnownCase[] {
  const changes = Object.values(waiting);
  return changes.length === 0 ? cases : cases.map((each) => changes.filter((vote) => vote.case === each.id).reduce((so_far, vote) => withVote(so_far, vote, told), each));
}

function withVote(each: KnownCase, vote: CaseVote, told: readonly CaseVote[]): KnownCase {
  const before = told.find((other) => keyOf(other) === keyOf(vote))?.helped ?? null;
  const more = (which: boolean): number => Number(vote.helped === which) - Number(before === which);
  return { ...each, helped: Math.max(0, each.helped + more(true)), not_helped: Math.max(0, each.not_helped + more(false)) };
}
