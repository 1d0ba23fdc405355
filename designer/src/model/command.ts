import { applyPatches, enablePatches, type Patch, produceWithPatches, type WritableDraft } from "immer";
import type { Draft } from "./draft.ts";

enablePatches();

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
  apply: (draft: Draft) => Draft;
  /** The draft as it was: `revert(apply(draft))` equals `draft`. */
  revert: (draft: Draft) => Draft;
}

/** The edit that `recipe` makes of `draft`; null when it changes nothing. */
export function command(draft: Draft, label: Label, recipe: (draft: WritableDraft<Draft>) => void, burst: string | null = null): Command | null {
  const [, patches, inverse] = produceWithPatches(draft, recipe);
  return patches.length === 0 ? null : fromPatches(label, burst, patches, inverse);
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

function fromPatches(label: Label, burst: string | null, patches: readonly Patch[], inverse: readonly Patch[]): Command {
  return {
    label,
    burst,
    apply: (draft) => applyPatches(draft, patches),
    revert: (draft) => applyPatches(draft, inverse),
  };
}
