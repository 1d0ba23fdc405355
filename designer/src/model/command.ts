import { applyPatches, enablePatches, type Patch, produceWithPatches, setAutoFreeze, type WritableDraft } from "immer";
import { at, sameJson } from "./json.ts";
import type { Draft } from "./draft.ts";
import { isUnsendable, makeSendable } from "./sendable.ts";

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

/** The edit that `recipe` makes of `draft`; null when it changes nothing. What nobody could save is not in it, wherever it was pasted from. */
export function command(draft: Draft, label: Label, recipe: Recipe, burst: string | null = null): Command | null {
  const [after, patches, inverse] = made(draft, recipe);
  return changesNothing(draft, patches) ? null : between(label, burst, { before: draft, after, last: { earlier: null, patches, inverse } });
}

/** The edit that `recipe` makes, where it is known to change something. */
export function certain(draft: Draft, label: Label, recipe: Recipe): Command {
  const [after, patches, inverse] = made(draft, recipe);
  return between(label, null, { before: draft, after, last: { earlier: null, patches, inverse } });
}

function made(draft: Draft, recipe: Recipe): readonly [Draft, Patch[], Patch[]] {
  const edit = produceWithPatches(draft, recipe);
  if (!edit[1].some(({ value }) => isUnsendable(value))) return edit;
  return produceWithPatches(draft, (next) => { recipe(next); makeSendable(next); });
}

/** Two edits as one: what the later one was made of is what the earlier one makes. */
export function joined(earlier: Command, later: Command): Command {
  const [first, second] = [steps.get(earlier), steps.get(later)];
  if (first?.after === second?.before && first !== undefined && second?.last.earlier === null) {
    return between(earlier.label, later.burst, { before: first.before, after: second.after, last: { ...second.last, earlier: first.last } });
  }
  return {
    label: earlier.label,
    burst: later.burst,
    apply: (draft) => later.apply(earlier.apply(draft)),
    revert: (draft) => earlier.revert(later.revert(draft)),
  };
}

/** What an edit did. The drafts share all that did not change, so both are kept, and undo costs nothing; patches serve drafts that are equal only. */
interface Step {
  readonly before: Draft;
  readonly after: Draft;
  readonly last: Link;
}

/** Patches of an edit, and of those that were joined to it before: a drag is thousands. */
interface Link {
  readonly earlier: Link | null;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

const steps = new WeakMap<Command, Step>();

function between(label: Label, burst: string | null, step: Step): Command {
  const made: Command = {
    label,
    burst,
    apply: (draft) => (draft === step.before ? step.after : linksOf(step.last).reverse().reduce((now, { patches }) => applyPatches(now, patches), draft)),
    revert: (draft) => (draft === step.after ? step.before : linksOf(step.last).reduce((now, { inverse }) => applyPatches(now, inverse), draft)),
  };
  steps.set(made, step);
  return made;
}

/** The newest first. */
function linksOf(last: Link): Link[] {
  const links: Link[] = [];
  for (let link: Link | null = last; link !== null; link = link.earlier) links.push(link);
  return links;
}

/** True when everything is replaced by what is already there. */
function changesNothing(draft: Draft, patches: readonly Patch[]): boolean {
  return patches.every(({ op, path, value }) => op === "replace" && sameJson(at(draft, path), value));
}
