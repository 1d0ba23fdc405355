import { isList, isMembers, type Members, same } from "./same.ts";

/** `fresh` with everything that it shares with `known` taken from there: what did not change stays the same object. */
export function grafted<T>(known: unknown, fresh: T): T {
  if (same(known, fresh)) return known as T;
  if (isList(known) && isList(fresh)) return graftedList(known, fresh) as T;
  return isMembers(known) && isMembers(fresh) ? (graftedMembers(known, fresh) as T) : fresh;
}

function graftedMembers(known: Members, fresh: Members): Members {
  return Object.fromEntries(Object.entries(fresh).map(([name, value]) => [name, grafted(known[name], value)]));
}

/** By id where items have one, else by place. */
function graftedList(known: readonly unknown[], fresh: readonly unknown[]): readonly unknown[] {
  const byId = new Map(known.map((item) => [idOf(item), item]));
  return fresh.map((item, index) => grafted(idOf(item) === undefined ? known[index] : byId.get(idOf(item)), item));
}

function idOf(item: unknown): unknown {
  return isMembers(item) ? item["id"] : undefined;
}
