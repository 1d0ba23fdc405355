import { freeName } from "../ids.ts";
import { type Marked, markBase, markSide } from "./align.ts";
import { type ListKind, listKind } from "./lists.ts";
import { mergedOrder } from "./order.ts";
import { item as itemOf, type Place } from "./place.ts";
import { isList, isMembers, same, type Value } from "./same.ts";
import type { Merging } from "./values.ts";

/** Two descendants of one list as one: items of both, in both orders. */
export function mergedLists(merging: Merging, baseValue: Value, mineValue: readonly Value[], theirsValue: readonly Value[], place: Place): Value {
  const kind = listKind(place.marks);
  if (kind === null) return theirsValue;
  const baseItems = isList(baseValue) ? baseValue : [];
  const base = markBase(kind, baseItems);
  const mine = apart(kind, base, markSide(kind, base, baseItems, mineValue), markSide(kind, base, baseItems, theirsValue));
  return together(merging, kind, { base, mine, theirs: markSide(kind, base, baseItems, theirsValue) }, place);
}

interface Sides {
  readonly base: Marked;
  readonly mine: Marked;
  readonly theirs: Marked;
}

function together(merging: Merging, kind: ListKind, { base, mine, theirs }: Sides, place: Place): Value {
  const merged = new Map<string, Value>();
  for (const mark of new Set([...theirs.marks, ...mine.marks])) {
    const three = { base: base.items.get(mark), mine: mine.items.get(mark), theirs: theirs.items.get(mark) };
    const value = merging.value(three, itemOf(place, mark, mine.marks.indexOf(mark), theirs.marks.indexOf(mark)));
    if (value !== undefined) merged.set(mark, value);
  }
  const order = mergedOrder(base.marks, mine.marks, theirs.marks, new Set(merged.keys()));
  const items = order.map((mark) => merged.get(mark));
  return kind.member === "to" ? elseLast(items, [mine, theirs]) : items;
}

/** Both have put in something new and called it the same: two things. Mine gets another name. */
function apart(kind: ListKind, base: Marked, mine: Marked, theirs: Marked): Marked {
  if (!kind.isId) return mine;
  const taken = new Set([...base.marks, ...mine.marks, ...theirs.marks]);
  const renamed = mine.marks.map((mark) => {
    const isTwice = !base.items.has(mark) && theirs.items.has(mark) && !same(mine.items.get(mark), theirs.items.get(mark));
    const name = isTwice ? freeName(mark, taken) : mark;
    taken.add(name);
    return name;
  });
  return { marks: renamed, items: new Map(renamed.map((name, index) => [name, withName(mine.items.get(mine.marks[index] ?? ""), mine.marks[index] ?? "", name)])) };
}

function withName(item: Value, old: string, name: string): Value {
  if (old === name) return item;
  return isMembers(item) ? { ...item, id: name } : name;
}

/** "Else" stays last where both had it last: what was put in behind it by one of them goes before it. */
function elseLast(items: readonly Value[], sides: readonly Marked[]): readonly Value[] {
  const isElse = (route: Value): boolean => isMembers(route) && route["when"] === undefined && route["rework"] !== true;
  const wereLast = sides.every(({ marks, items: routes }) => marks.every((mark, index) => isElse(routes.get(mark)) === (index === marks.length - 1)));
  const rest = items.filter((route) => !isElse(route));
  return wereLast && items.length - rest.length === 1 ? [...rest, ...items.filter(isElse)] : items;
}
