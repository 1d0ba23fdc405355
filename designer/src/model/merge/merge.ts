import { nameOf } from "../diff/names.ts";
import type { Draft, Layout, Spot } from "../draft.ts";
import { pointerOf } from "../json.ts";
import type { Template } from "../template.generated.ts";
import { type Aligned, aligned } from "./aligned.ts";
import { type Choices, type Clash, type Conflict, NO_CHOICES, type Side } from "./conflict.ts";
import { healed, leadsAnew } from "./leading.ts";
import { ROOT } from "./place.ts";
import { type Rename } from "./renames.ts";
import { same } from "./same.ts";
import { Merging } from "./values.ts";

export { type Rename, renamed } from "./renames.ts";

/** What became of two descendants of one draft. */
export interface Merge {
  /** Everything of both; at a conflict what *theirs* says, until somebody has chosen. */
  readonly merged: Draft;
  readonly conflicts: readonly Conflict[];
  /** What *mine* called differently: a new thing whose name was taken, or what the other has renamed. */
  readonly renamed: readonly Rename[];
  /** What was chosen so far. */
  readonly choices: Choices;
  /** What was merged. */
  readonly of: readonly [base: Draft, mine: Draft, theirs: Draft];
}

/**
 * Merge two descendants of `base` by meaning: things are told apart by their names, so that edits of different things both stay. Nothing that
 * either has entered is lost: it is in `merged`, or in a conflict. A place on the canvas is no conflict: that of `newer` stands.
 */
export function merge(base: Draft, mine: Draft, theirs: Draft, choices: Choices = NO_CHOICES, newer: "mine" | "theirs" = "mine"): Merge {
  const of = [base, mine, theirs] as const;
  const plain = unmerged(base, mine, theirs);
  if (plain !== null) return { merged: plain, conflicts: [], renamed: [], choices, of };
  const sides = aligned(base, mine, theirs, choices);
  const [template, clashes] = mergedTemplate(sides, choices);
  const conflicts = [...sides.clashes, ...clashes].map((clash) => conflictOf(clash, sides));
  return { merged: { template, layout: mergedLayout(sides, newer) }, conflicts, renamed: sides.renamed, choices, of };
}

/** The same merge with one more conflict settled. */
export function resolve({ of, choices }: Merge, { key }: Conflict, side: Side): Merge {
  return merge(...of, new Map([...choices, [key, side]]));
}

/** The draft where only one of them has changed anything. */
function unmerged(base: Draft, mine: Draft, theirs: Draft): Draft | null {
  if (same(base, theirs) || same(mine, theirs)) return mine;
  return same(base, mine) ? theirs : null;
}

function mergedTemplate({ base, mine, theirs }: Aligned, choices: Choices): readonly [Template, readonly Clash[]] {
  const [was, ours, others] = [base.template, mine.template, theirs.template];
  const merging = new Merging(choices, (node) => {
    return ours.nodes[node] === undefined ? leadsAnew(was, others, node) : leadsAnew(was, ours, node);
  });
  const merged = merging.value({ base: was, mine: ours, theirs: others }, ROOT) as Template;
  return [healed(merged, [was, ours, others]), merging.clashes];
}

function conflictOf({ path, inMine, ...rest }: Clash, { mine, theirs }: Aligned): Conflict {
  return { ...rest, pointer: pointerOf(path), element: nameOf((inMine ? mine : theirs).template, path) };
}

/** Where somebody has put a node stands. */
function mergedLayout({ base, mine, theirs }: Aligned, newer: "mine" | "theirs"): Layout {
  const names = new Set([...Object.keys(theirs.layout), ...Object.keys(mine.layout)]);
  const spots = [...names].flatMap((name) => {
    const spot = newer === "mine" ? spotOf(base.layout[name], mine.layout[name], theirs.layout[name]) : spotOf(base.layout[name], theirs.layout[name], mine.layout[name]);
    return spot === undefined ? [] : [[name, spot] as const];
  });
  const layout = Object.fromEntries(spots);
  return [mine.layout, theirs.layout].find((each) => same(each, layout)) ?? layout;
}

function spotOf(base: Spot | undefined, newer: Spot | undefined, older: Spot | undefined): Spot | undefined {
  if (same(base, newer)) return older;
  return same(base, older) ? newer : (newer ?? older);
}
