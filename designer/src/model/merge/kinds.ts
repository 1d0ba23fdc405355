import { type Members, same } from "./same.ts";

/** What every field has, whatever its type. */
const FIELD: ReadonlySet<string> = new Set(["id", "type", "label", "help", "internal", "required", "visible", "checks"]);
const NODE: ReadonlySet<string> = new Set(["kind", "title", "next"]);
const END: ReadonlySet<string> = new Set(["kind", "title"]);

/**
 * True when one has made something else of a node or a field, and the other has changed what only the old one, or only the new one, has:
 * taken together that would be neither.
 */
export function convertedApart(marks: readonly string[], base: Members, mine: Members, theirs: Members): boolean {
  const name = kindMember(marks);
  if (name === null || mine[name] === theirs[name]) return false;
  const converted = mine[name] === base[name] ? theirs : mine;
  const other = converted === mine ? theirs : mine;
  if (other[name] !== base[name]) return true;
  const common = commonOf(name, [base["kind"], converted["kind"]]);
  return [...new Set([...Object.keys(base), ...Object.keys(other)])].some((key) => !common.has(key) && !same(base[key], other[key]));
}

function commonOf(name: "kind" | "type", kinds: readonly unknown[]): ReadonlySet<string> {
  if (name === "type") return FIELD;
  return kinds.includes("end") ? END : NODE;
}

function kindMember(marks: readonly string[]): "kind" | "type" | null {
  if (marks.length === 2 && marks[0] === "nodes") return "kind";
  const list = marks[0] === "nodes" && marks.length > 3 ? marks.at(-2) : undefined;
  return list === "fields" || list === "columns" ? "type" : null;
}
