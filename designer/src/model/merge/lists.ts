import { isMembers, type Value } from "./same.ts";

/** How the items of a list are told apart. */
export interface ListKind {
  /** The item's own name; null: it has none and is known by what it says. */
  readonly name: (item: Value) => string | null;
  /** The member that holds the name, where it is one. */
  readonly member: string | null;
  /** True when a name may be changed to keep two items apart. */
  readonly isId: boolean;
}

const named = (member: string, isId = false): ListKind => ({ member, isId, name: (item) => (isMembers(item) && typeof item[member] === "string" ? item[member] : null) });
const byId = named("id", true);
const words: ListKind = { member: null, isId: false, name: (item) => (typeof item === "string" ? item : null) };
const nameless: ListKind = { member: null, isId: false, name: () => null };

/** A point is written as a text, or as an object with an id. */
const points: ListKind = { ...byId, name: (item) => (typeof item === "string" ? item : byId.name(item)) };
/** A route is known by where it leads. */
const routes: ListKind = { member: "to", isId: false, name: (item) => (isMembers(item) && typeof item["to"] === "string" ? item["to"] + (item["rework"] === true ? " again" : "") : null) };

const KINDS: Readonly<Record<string, ListKind>> = {
  fields: byId, columns: byId, shots: byId, items: byId, options: byId, fixed: byId, pause_reasons: byId, checks: byId, points,
  lines: named("part"), scenarios: named("name"), applies_to: named("product"), next: routes, pictures: named("sha256"), safety: nameless, acts: nameless,
  faults: words, products: words, fault_codes: words, not_same_person_as: words, open: words, refused: words,
};

/** Everything below these is somebody's answer: the format says nothing of it. */
const FREE: ReadonlySet<string> = new Set(["answers", "reasons"]);

/** How the items of the list at `path` are told apart; null: the list is one value, as a tolerance is. */
export function listKind(path: readonly string[]): ListKind | null {
  if (path.some((name) => FREE.has(name)) && path[0] === "scenarios") return null;
  const name = path.at(-1) ?? "";
  return Object.hasOwn(KINDS, name) ? (KINDS[name] ?? null) : null;
}
