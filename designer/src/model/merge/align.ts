import type { ListKind } from "./lists.ts";
import { isMembers, same, textOf, type Value } from "./same.ts";

/** A list whose items have marks: the same item has the same mark in every document that is merged. */
export interface Marked {
  readonly marks: readonly string[];
  readonly items: ReadonlyMap<string, Value>;
}

type Items = readonly Value[];

/** Marks for the items of the common ancestor. */
export function markBase(kind: ListKind, items: Items): Marked {
  const count = new Counter();
  return marked(items.map((item) => count.next(kind.name(item) ?? "?")), items);
}

/** Marks for the items of a descendant: those of the ancestor where an item is still the same one, though it may have been renamed. */
export function markSide(kind: ListKind, base: Marked, baseItems: Items, items: Items): Marked {
  const marks = sameNames(kind, base, items);
  pairEqual(base, baseItems, items, marks);
  pairAlike(kind, base, baseItems, items, marks);
  const count = new Counter(base.marks);
  return marked(items.map((item, index) => marks[index] ?? count.next(kind.name(item) ?? `+${textOf(item)}`)), items);
}

type Marks = (string | undefined)[];

function sameNames(kind: ListKind, base: Marked, items: Items): Marks {
  const count = new Counter();
  return items.map((item) => {
    const name = kind.name(item);
    const mark = name === null ? undefined : count.next(name);
    return mark !== undefined && base.items.has(mark) ? mark : undefined;
  });
}

/** Items without a name that say exactly the same, in order. */
function pairEqual(base: Marked, baseItems: Items, items: Items, marks: Marks): void {
  const free = freeOf(base, marks);
  items.forEach((item, index) => {
    if (marks[index] !== undefined) return;
    const found = free.findIndex((at) => same(baseItems[at], item));
    if (found >= 0) marks[index] = base.marks[free.splice(found, 1)[0] ?? 0];
  });
}

/** An item that was there, said in other words: a route that leads elsewhere now, an option with another id, a note that was reworded. */
function pairAlike(kind: ListKind, base: Marked, baseItems: Items, items: Items, marks: Marks): void {
  const free = freeOf(base, marks);
  const fresh = items.flatMap((_, index) => (marks[index] === undefined ? [index] : []));
  for (const index of fresh) {
    const alone = free.length === 1 && fresh.length === 1;
    const found = free.findIndex((at) => isAlike(kind, baseItems[at], items[index], alone));
    if (found >= 0) marks[index] = base.marks[free.splice(found, 1)[0] ?? 0];
  }
}

function freeOf(base: Marked, marks: Marks): number[] {
  const taken = new Set(marks);
  return base.marks.flatMap((mark, index) => (taken.has(mark) ? [] : [index]));
}

function isAlike(kind: ListKind, one: Value, other: Value, alone: boolean): boolean {
  if (!isMembers(one) || !isMembers(other)) return false;
  if (kind.member === "to") return (one["rework"] ?? false) === (other["rework"] ?? false) && (alone || same(one["when"], other["when"]));
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => name !== kind.member);
  const equal = names.filter((name) => same(one[name], other[name])).length;
  if (kind.name(one) !== null && kind.name(other) !== null) return names.length > 0 && equal === names.length;
  return kind.name(one) === kind.name(other) && equal * 2 >= names.length;
}

function marked(marks: readonly string[], items: Items): Marked {
  return { marks, items: new Map(marks.map((mark, index) => [mark, items[index]])) };
}

/** The second of a name is another item than the first. */
class Counter {
  readonly #taken: Set<string>;
  constructor(taken: readonly string[] = []) { this.#taken = new Set(taken); }

  next(name: string): string {
    let mark = name;
    for (let number = 2; this.#taken.has(mark); number += 1) mark = `${name} ${number}`;
    this.#taken.add(mark);
    return mark;
  }
}
