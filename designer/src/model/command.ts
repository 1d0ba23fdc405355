import { applyPatches, enablePatches, type Patch, produceWithPatches, setAutoFreeze, type WritableDraft } from "immer";
import { sameJson } from "./json.ts";
import type { Draft } from "./draft.ts";

enablePatches();
setAutoFreeze(false); // freezing walks the whole document, which an edit of one word must not

/** What an edit is called in the list of things to undo: a key of the designer's words, and what fills its places. */
export interface Label {
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** One edit that can be undone. Edits with the same `burst` that follow each other quickly are undone together. */
export interface Command {
  readonly label: Label;
  readonly burst: string | null;
  /** The draft after this edit. Only for the draft that the command was made from, or an equal one. */
  readonly apply: (draft: Draft) => Draft;
  /** The draft as it was: `revert(apply(draft))` equals `draft`. */
  readonly revert: (draft: Draft) => Draft;
}

/** An edit that makes something, and the name of what it makes: to be selected next. */
export interface Added {
  readonly command: Command;
  readonly id: string;
}

export type Recipe = (draft: WritableDraft<Draft>) => void;

/** The edit that `recipe` makes of `draft`; null when it changes nothing. */
export function command(draft: Draft, label: Label, recipe: Recipe, burst: string | null = null): Command | null {
  const [after, patches, inverse] = produceWithPatches(draft, recipe);
  return patches.length === 0 || changesNothing(draft, patches, inverse) ? null : between(label, burst, { before: draft, after, patches, inverse });
}

/** The edit that `recipe` makes, where it is known to change something. */
export function certain(draft: Draft, label: Label, recipe: Recipe): Command {
  const [after, patches, inverse] = produceWithPatches(draft, recipe);
  return between(label, null, { before: draft, after, patches, inverse });
}

/** Two edits as one. */
export function joined(earlier: Command, later: Command): Command {
  return {
    label: earlier.label,
    burst: later.burst,
    apply: (draft) => later.apply(earlier.apply(draft)),
    revert: (draft) => earlier.revert(later.revert(draft)),
  };
}

interface Step {
  readonly before: Draft;
  readonly after: Draft;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** The drafts share all that did not change, so both are kept and undo costs nothing; patches serve equal drafts. */
function between(label: Label, burst: string | null, { before, after, patches, inverse }: Step): Command {
  return {
    label,
    burst,
    apply: (draft) => (draft === before ? after : applyPatches(draft, patches)),
    revert: (draft) => (draft === after ? before : applyPatches(draft, inverse)),
  };
}

/** True for one replacement by what is already there. */
function changesNothing(draft: Draft, patches: readonly Patch[], inverse: readonly Patch[]): boolean {
  const [patch] = patches;
  const [old] = inverse;
  if (patches.length !== 1 || patch?.op !== "replace" || old?.op !== "replace" || patch.path.length === 0) return false;
  return sameJson(patch.value, old.value) && draft !== patch.value;
}
