import type { Draft } from "../draft.ts";
import { freeName, RESERVED } from "../ids.ts";
import type { Choices, Clash } from "./conflict.ts";
import { fieldsOf, nodesOf, type Rename, renamed, renamesOf } from "./renames.ts";
import { same } from "./same.ts";

/** Three drafts in which the same thing has the same name, and different things have different names. */
export interface Aligned {
  readonly base: Draft;
  readonly mine: Draft;
  readonly theirs: Draft;
  /** What *mine* calls differently now. */
  readonly renamed: readonly Rename[];
  /** Both have renamed the same. */
  readonly clashes: readonly Clash[];
}

/** Let what one side has renamed be called so everywhere, and give what both have newly called the same two names. */
export function aligned(base: Draft, mine: Draft, theirs: Draft, choices: Choices): Aligned {
  const work = new Aligning(base, mine, theirs, choices);
  work.level(null, nodesOf);
  for (const node of Object.keys(work.mine.template.nodes)) {
    if (work.differs(node)) work.level(node, (draft) => fieldsOf(draft, node));
  }
  return work;
}

type Reader = (draft: Draft) => Readonly<Record<string, unknown>>;

class Aligning implements Aligned {
  readonly renamed: Rename[] = [];
  readonly clashes: Clash[] = [];

  constructor(public base: Draft, public mine: Draft, public theirs: Draft, private readonly choices: Choices) {}

  differs(node: string): boolean {
    const [one, other] = [this.mine.template.nodes[node], this.theirs.template.nodes[node]];
    return one !== undefined && other !== undefined && one !== other;
  }

  level(node: string | null, read: Reader): void {
    const theirs = new Map(renamesOf(read(this.base), read(this.theirs), node).map((rename) => [rename.from, rename]));
    for (const rename of renamesOf(read(this.base), read(this.mine), node)) {
      this.#mineRenamed(rename, theirs.get(rename.from));
      theirs.delete(rename.from);
    }
    for (const rename of theirs.values()) this.#theirsRenamed(rename);
    this.#keepApart(node, read);
  }

  #mineRenamed(rename: Rename, other: Rename | undefined): void {
    if (other !== undefined && other.to !== rename.to) { this.#bothRenamed(rename, other); return; }
    this.base = renamed(this.base, rename);
    if (other === undefined) this.theirs = renamed(this.theirs, rename);
  }

  #theirsRenamed(rename: Rename): void {
    this.base = renamed(this.base, rename);
    this.#renameMine(rename);
  }

  #bothRenamed(mine: Rename, theirs: Rename): void {
    const { node, from } = mine;
    const key = JSON.stringify(["name", node, from, mine.to, theirs.to]);
    const chosen = this.choices.get(key);
    const name = chosen === "mine" ? mine.to : chosen === "base" ? from : theirs.to;
    this.base = renamed(this.base, { node, from, to: name });
    this.theirs = renamed(this.theirs, { node, from: theirs.to, to: name });
    this.#renameMine({ node, from: mine.to, to: name });
    const path = node === null ? ["nodes", name] : ["nodes", node, "fields", Object.keys(fieldsOf(this.mine, node)).indexOf(name)];
    if (chosen === undefined) this.clashes.push({ key, path, inMine: true, base: from, mine: mine.to, theirs: theirs.to });
  }

  /** Something new on both sides under one name is two things, unless it is the same. */
  #keepApart(node: string | null, read: Reader): void {
    const [base, mine, theirs] = [read(this.base), read(this.mine), read(this.theirs)];
    const taken = new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs), ...(node === null ? [] : RESERVED)]);
    for (const from of Object.keys(mine)) {
      if (Object.hasOwn(base, from) || !Object.hasOwn(theirs, from) || same(mine[from], theirs[from])) continue;
      const to = freeName(from, taken);
      taken.add(to);
      this.#renameMine({ node, from, to });
    }
  }

  #renameMine(rename: Rename): void {
    const next = renamed(this.mine, rename);
    if (next === this.mine) return;
    this.mine = next;
    this.renamed.push(rename);
  }
}
