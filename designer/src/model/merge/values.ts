import { mergedLists } from "./items.ts";
import { type Choices, type Clash } from "./conflict.ts";
import { convertedApart } from "./kinds.ts";
import { listKind } from "./lists.ts";
import { mergedOrder } from "./order.ts";
import { member, type Place } from "./place.ts";
import { isList, isMembers, type Members, same, textOf, type Value } from "./same.ts";

/** The three documents' values of one thing. Undefined: it is not there. */
export interface Three {
  readonly base: Value;
  readonly mine: Value;
  readonly theirs: Value;
}

/** Merges values of JSON by meaning and remembers where that was not possible: there stands *theirs* until somebody has chosen. */
export class Merging {
  readonly clashes: Clash[] = [];

  /** `isWanted` says of a node that one has taken away whether the other newly leads there. */
  constructor(private readonly choices: Choices, private readonly isWanted: (node: string) => boolean) {}

  value(three: Three, place: Place): Value {
    const { base, mine, theirs } = three;
    if (same(mine, theirs)) return mine;
    if (this.#isMissed(three, place)) return this.choose(three, place);
    if (same(base, mine) && !isNodes(place)) return theirs;
    if (same(base, theirs) && !isNodes(place)) return mine;
    if (isMembers(mine) && isMembers(theirs)) return this.#records(three, mine, theirs, place);
    if (isList(mine) && isList(theirs) && listKind(place.marks) !== null) return mergedLists(this, base, mine, theirs, place);
    return this.choose(three, place);
  }

  /** What was chosen; nothing yet: *theirs*, and it is remembered that somebody has to. */
  choose(three: Three, place: Place): Value {
    const key = keyOf(three, place);
    const chosen = this.choices.get(key);
    if (chosen !== undefined) return three[chosen];
    const inMine = three.mine !== undefined;
    this.clashes.push({ key, path: inMine ? place.mine : place.theirs, inMine, ...three });
    return three.theirs;
  }

  #isMissed({ base, mine, theirs }: Three, { marks }: Place): boolean {
    const [list, node = ""] = marks;
    return list === "nodes" && marks.length === 2 && base !== undefined && (mine === undefined || theirs === undefined) && this.isWanted(node);
  }

  #records(three: Three, mine: Members, theirs: Members, place: Place): Value {
    const base = isMembers(three.base) ? three.base : {};
    if (convertedApart(place.marks, base, mine, theirs)) return this.choose(three, place);
    const result: Record<string, unknown> = {};
    for (const name of namesOf(base, mine, theirs)) {
      const value = this.value({ base: base[name], mine: mine[name], theirs: theirs[name] }, member(place, name));
      if (value !== undefined) result[name] = value;
    }
    return shared(result, mine, theirs);
  }
}

function isNodes({ marks }: Place): boolean {
  return marks.length === 0 || (marks.length === 1 && marks[0] === "nodes");
}

function keyOf({ base, mine, theirs }: Three, { marks }: Place): string {
  return JSON.stringify([marks, textOf(base), textOf(mine), textOf(theirs)]);
}

function namesOf(base: Members, mine: Members, theirs: Members): readonly string[] {
  const all = new Set([...Object.keys(mine), ...Object.keys(theirs), ...Object.keys(base)]);
  const order = mergedOrder(Object.keys(base), Object.keys(mine), Object.keys(theirs), all);
  return [...order, ...[...all].filter((name) => !Object.hasOwn(mine, name) && !Object.hasOwn(theirs, name))];
}

/** The one that it is anyway, so that whoever looks sees that nothing has changed. */
export function shared(result: Members, mine: Members, theirs: Members): Value {
  return [mine, theirs].find((side) => isShallowlySame(result, side)) ?? result;
}

function isShallowlySame(one: Members, other: Members): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
