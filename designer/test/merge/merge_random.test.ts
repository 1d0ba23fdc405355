import { expect, test } from "vitest";
import type { Draft } from "../../src/model/index.ts";
import { merge, resolve } from "../../src/model/merge/index.ts";
import { same } from "../../src/model/merge/same.ts";
import { Chance, edited, randomDraft } from "./random.ts";

const CASES = 2_000;
const PATIENCE_MS = 20_000; // of a machine that has other things to do

interface Case { readonly seed: number; readonly base: Draft; readonly mine: Draft; readonly theirs: Draft }

function caseOf(seed: number): Case {
  const base = randomDraft(new Chance(seed, "base"));
  const [mine, theirs] = [new Chance(seed * 7 + 1, "mine"), new Chance(seed * 7 + 2, "theirs")];
  return { seed, base, mine: edited(base, mine, 1 + mine.below(6)), theirs: edited(base, theirs, 1 + theirs.below(6)) };
}

const ALL = Array.from({ length: CASES }, (_, index) => caseOf(index + 1));

function each(check: (one: Case) => void): void {
  for (const one of ALL) {
    try { check(one); } catch (failure) { throw new Error(`seed ${one.seed}: ${String(failure)}`, { cause: failure }); }
  }
}

function mustHold(is: boolean, what: string): void {
  if (!is) throw new Error(what);
}

/** The texts of a side that somebody typed: each stands nowhere else. */
function typed(draft: Draft): ReadonlySet<string> {
  return new Set(JSON.stringify(draft).match(/(?:base|mine|theirs)-\d+-\d+/g));
}

test("a draft that only one has changed is that one's", () => {
  each(({ base, mine }) => {
    for (const { merged, conflicts } of [merge(base, mine, base), merge(base, base, mine), merge(base, mine, mine)]) {
      mustHold(same(merged, mine) && conflicts.length === 0, "it is another");
    }
  });
}, PATIENCE_MS);

test("no words that either has typed are lost: they are in the draft or in a conflict", () => {
  each(({ base, mine, theirs }) => {
    const { merged, conflicts } = merge(base, mine, theirs);
    const known = new Set([...typed(merged), ...typed({ conflicts } as unknown as Draft)]);
    const was = typed(base);
    for (const side of [mine, theirs]) for (const word of typed(side)) if (!was.has(word)) mustHold(known.has(word), word);
    for (const word of was) if (typed(mine).has(word) && typed(theirs).has(word)) mustHold(known.has(word), word);
  });
}, PATIENCE_MS);

test("what a person chooses stands, and nothing is left to choose", () => {
  each(({ base, mine, theirs }) => {
    for (const side of ["mine", "theirs"] as const) {
      let result = merge(base, mine, theirs);
      for (let round = 0; result.conflicts.length > 0; round += 1) {
        const [conflict] = result.conflicts;
        if (conflict === undefined || round > 200) throw new Error("choosing does not end");
        result = resolve(result, conflict, side);
      }
      isWhole(result.merged);
      const left = typed(result.merged);
      const chosen = side === "mine" ? mine : theirs;
      for (const word of typed(chosen)) if (!typed(base).has(word)) mustHold(left.has(word), word);
    }
  });
}, PATIENCE_MS);

test("the result has the shape of a draft: items of a list have different names", () => {
  each(({ base, mine, theirs }) => { isWhole(merge(base, mine, theirs).merged); });
}, PATIENCE_MS);

test("who of both merges makes no difference to what is there", () => {
  each(({ base, mine, theirs }) => {
    const [one, other] = [merge(base, mine, theirs), merge(base, theirs, mine)];
    if (one.conflicts.length === 0 && other.conflicts.length === 0 && one.renamed.length === 0 && other.renamed.length === 0) {
      expect([...typed(one.merged)].sort()).toEqual([...typed(other.merged)].sort());
    }
    mustHold(one.conflicts.length === other.conflicts.length, "another number of conflicts");
  });
}, PATIENCE_MS);

test("merging the result once more with either side changes nothing", () => {
  each(({ base, mine, theirs }) => {
    const { merged, conflicts, renamed } = merge(base, mine, theirs);
    if (conflicts.length > 0 || renamed.length > 0) return;
    const again = merge(theirs, theirs, merged).merged;
    mustHold(same(again, merged), "it is another");
  });
}, PATIENCE_MS);

/** The merge knows nothing of the format's rules but this: kinds keep their shape. */
function isWhole({ template }: Draft): void {
  for (const node of Object.values(template.nodes)) {
    mustHold(typeof node.kind === "string", "a node without a kind");
    mustHold(node.kind === "end" ? !("next" in node) : node.next.every(({ to }) => typeof to === "string"), "routes of another kind");
    mustHold(node.kind === "step" ? typeof node.role === "string" : !("fields" in node), "fields of another kind");
    if (node.kind !== "step") continue;
    areUnique(node.fields ?? []);
    for (const field of node.fields ?? []) for (const list of Object.values(field) as readonly unknown[]) if (Array.isArray(list)) areUnique(list as Items);
  }
}

type Items = readonly { readonly id?: string }[];

function areUnique(items: Items): void {
  const ids = items.flatMap((item) => (typeof item === "object" && (item as unknown) !== null && typeof item.id === "string" ? [item.id] : []));
  mustHold(new Set(ids).size === ids.length, `two are called the same: ${ids.join(" ")}`);
}
