import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { Command, Label } from "./command.ts";
import type { Draft } from "./draft.ts";
import { sameJson } from "./json.ts";
import type { onto, Rename, renamed } from "./merge/index.ts";

/** Edits closer together than this, of the same burst, are undone together. */
const BURST_MS = 1_000;
/** A burst with this before its name lasts until something else is edited: whoever writes a title may think about it. */
export const LASTING = "lasting ";

/** How edits of several people are put together. Whoever brings in what others did brings this along: alone, nobody needs it. */
export interface Merging {
  readonly onto: typeof onto;
  readonly renamed: typeof renamed;
}

/** One thing that was done: what it made of which draft. Drafts share what did not change, so that both cost little. */
interface Deed {
  readonly label: Label;
  readonly burst: string | null;
  readonly from: Draft;
  readonly to: Draft;
  /** How many of the renames of others it knows. */
  readonly knows: number;
}

/** An edit that could not be undone or redone: somebody else has changed the same since. */
export interface Dropped {
  readonly label: Label;
  readonly what: "undo" | "redo";
  /** Counts up, so that the same can be said again. */
  readonly count: number;
}

/** The draft with everything that was done to it, without end in both directions. What others do comes in between and is never undone here. */
export class History {
  readonly #draft;
  readonly #undoable = signal<Label | null>(null);
  readonly #redoable = signal<Label | null>(null);
  readonly #dropped = signal<Dropped | null>(null);
  readonly #done: Deed[] = [];
  readonly #undone: Deed[] = [];
  readonly #renames: Rename[] = [];
  #merging: Merging | null = null;
  #lastAt = 0;

  constructor(draft: Draft, private readonly now: () => number) {
    this.#draft = signal(draft);
  }

  get draft(): ReadonlySignal<Draft> { return this.#draft; }
  /** What undo would take back; null: nothing. */
  get undoable(): ReadonlySignal<Label | null> { return this.#undoable; }
  get redoable(): ReadonlySignal<Label | null> { return this.#redoable; }
  get dropped(): ReadonlySignal<Dropped | null> { return this.#dropped; }

  /** Do it. Null, an edit that changes nothing, is no edit. */
  run(command: Command | null): void {
    if (command === null) return;
    const from = this.#draft.peek();
    const to = command.apply(from);
    this.#draft.value = to;
    this.#undone.length = 0;
    this.#keep({ label: command.label, burst: command.burst, from, to, knows: this.#renames.length });
    this.#tell();
  }

  undo(): void {
    const deed = this.#done.pop();
    if (deed === undefined) return;
    const { from, to } = this.#renamed(deed);
    const before = this.#draft.peek();
    if (this.#goOn(deed, "undo", this.#onto(before, to, from))) this.#undone.push(this.#deed(deed, this.#draft.peek(), before));
    this.#rest();
  }

  redo(): void {
    const deed = this.#undone.pop();
    if (deed === undefined) return;
    const { from, to } = this.#renamed(deed);
    const before = this.#draft.peek();
    if (this.#goOn(deed, "redo", this.#onto(before, from, to))) this.#done.push(this.#deed(deed, before, this.#draft.peek()));
    this.#rest();
  }

  /** Go on with a draft that has others' edits as well. Nothing of that can be undone here; what was done here still can. */
  absorb(draft: Draft, renames: readonly Rename[], merging: Merging): void {
    this.#merging = merging;
    this.#renames.push(...renames);
    this.#draft.value = draft;
    this.#rest();
  }

  /** The change from one draft to another, done to what is there now. */
  #onto(present: Draft, from: Draft, to: Draft): Draft | null {
    return present === from || this.#merging === null ? to : this.#merging.onto(present, from, to);
  }

  #goOn({ label }: Deed, what: "undo" | "redo", draft: Draft | null): boolean {
    if (draft === null) this.#dropped.value = { label, what, count: (this.#dropped.peek()?.count ?? 0) + 1 };
    else this.#draft.value = draft;
    return draft !== null;
  }

  #deed({ label }: Deed, from: Draft, to: Draft): Deed {
    return { label, burst: null, from, to, knows: this.#renames.length };
  }

  #renamed({ from, to, knows }: Deed): { readonly from: Draft; readonly to: Draft } {
    const news = this.#renames.slice(knows);
    const follow = this.#merging?.renamed;
    return follow === undefined ? { from, to } : { from: news.reduce(follow, from), to: news.reduce(follow, to) };
  }

  #keep(deed: Deed): void {
    const last = this.#done.at(-1);
    const at = this.now();
    const isLasting = deed.burst?.startsWith(LASTING) === true;
    const follows = last !== undefined && deed.burst !== null && last.burst === deed.burst && at - this.#lastAt < (isLasting ? Infinity : BURST_MS);
    if (!follows) this.#done.push(deed);
    else if (isLasting && sameJson(last.from, deed.to)) this.#done.pop(); // given up: there is nothing to undo
    else this.#done[this.#done.length - 1] = { ...deed, label: last.label, from: last.from };
    this.#lastAt = at;
  }

  /** After this the next edit begins a new burst. */
  #rest(): void {
    this.#lastAt = -Infinity;
    this.#tell();
  }

  #tell(): void {
    this.#undoable.value = this.#done.at(-1)?.label ?? null;
    this.#redoable.value = this.#undone.at(-1)?.label ?? null;
  }
}
