import { STRICT, type Store } from "../store/database.ts";
import type { Scanned } from "./scanned.ts";
import type { PartAct } from "./types.ts";

/** What this person has done with orders' parts and the server has not said that it has, and what was scanned for orders and is not taken. */
export interface Kept {
  readonly acts: readonly PartAct[];
  readonly scanned: Readonly<Record<string, readonly Scanned[]>>;
}

/** Change it in one transaction, on disk when it settles: other tabs write there too. Answers what it is then. */
export async function changeKept(store: Store, change: (kept: Kept) => Kept): Promise<Kept> {
  return await store.use(async (database) => {
    const tx = database.transaction("meta", "readwrite", STRICT);
    const acts = ((await tx.store.get("part_acts")) ?? []) as Kept["acts"];
    const scanned = ((await tx.store.get("scanned_parts")) ?? {}) as Kept["scanned"];
    const kept = change({ acts, scanned });
    if (kept.acts !== acts) await tx.store.put(kept.acts, "part_acts");
    if (kept.scanned !== scanned) await tx.store.put(kept.scanned, "scanned_parts");
    await tx.done;
    return kept;
  });
}
