import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { Added, Command, Label } from "./command.ts";
import type { Draft } from "./draft.ts";
import { type Dropped, History, type Merging } from "./history.ts";
import type { Rename } from "./merge/index.ts";
import { fieldsOf } from "./fields_of.ts";
import { NOTHING, renamedIn, type Selection, stillThere } from "./selection.ts";

/** The one place where a draft changes. Canvas, panels and palette all work on this; it knows nothing of them. */
export class Editor {
  readonly selection: Signal<Selection> = signal<Selection>(NOTHING);
  readonly #history: History;
  readonly #renames = signal<readonly Rename[]>([]);
  /** What was selected when a draft was changed: undoing leads back there. */
  readonly #selected = new WeakMap<Draft, Selection>();

  constructor(draft: Draft, now: () => number = () => performance.now()) {
    this.#history = new History(draft, now);
  }

  get draft(): ReadonlySignal<Draft> { return this.#history.draft; }
  get undoable(): ReadonlySignal<Label | null> { return this.#history.undoable; }
  get redoable(): ReadonlySignal<Label | null> { return this.#history.redoable; }

  /** What could not be undone or redone because somebody else has changed the same since. */
  get dropped(): ReadonlySignal<Dropped | null> { return this.#history.dropped; }
  /** What got another name, last time, by whomever: whoever remembers names follows. */
  get renames(): ReadonlySignal<readonly Rename[]> { return this.#renames; }

  /** Make an edit of the present draft and do it: `editor.edit((draft) => removeNodes(draft, ["measure"]))`. */
  edit(make: (draft: Draft) => Command | null): void {
    this.#change(() => { this.#history.run(make(this.draft.peek())); });
  }

  /** Make something new; answers its name: `editor.add((draft) => addField(draft, "measure", "reading"))`. */
  add(make: (draft: Draft) => Added | null): string | null {
    const added = make(this.draft.peek());
    if (added === null) return null;
    this.edit(() => added.command);
    return added.id;
  }

  undo(): void { this.#change(() => { this.#history.undo(); }); }
  /** Go on with a draft that has others' edits as well: undo still takes back what was done here, and only that. */
  absorb(draft: Draft, renames: readonly Rename[], merging: Merging): void {
    batch(() => {
      if (renames.length > 0) {
        this.selection.value = renames.reduce(renamedIn, this.selection.peek());
        this.#renames.value = renames;
      }
      this.#change(() => { this.#history.absorb(draft, renames, merging); });
    });
  }

  redo(): void { this.#change(() => { this.#history.redo(); }); }

  /** Whatever changes, the selection never names what is gone; under another name it is still the same. */
  #change(act: () => void): void {
    batch(() => {
      const before = this.draft.peek();
      act();
      const selected = this.selection.peek();
      if (before !== this.draft.peek()) this.#selected.set(before, selected);
      const kept = stillThere(selected, this.draft.peek().template);
      if (kept === selected) return;
      const renames = renamedNow(selected, before, this.draft.peek());
      if (renames.length > 0) this.#renames.value = renames;
      this.selection.value = this.#instead(stillThere(renames.reduce(renamedIn, selected), this.draft.peek().template), selected);
    });
  }

  /** Where all that was selected is gone: what was selected before it was there, else the node it was in. */
  #instead(kept: Selection, gone: Selection): Selection {
    const now = this.draft.peek();
    return kept === NOTHING ? stillThere(this.#selected.get(now) ?? around(gone), now.template) : kept;
  }
}

function around(gone: Selection): Selection {
  return gone.kind === "fields" || gone.kind === "edge" ? { kind: "nodes", nodes: [gone.node] } : NOTHING;
}

/** What of the selected has another name after an edit, an undo or a redo: only names differ then, and only in one place. */
function renamedNow(selection: Selection, before: Draft, after: Draft): readonly Rename[] {
  const nodes = renamed(null, Object.keys(before.template.nodes), Object.keys(after.template.nodes));
  const node = selection.kind === "fields" ? selection.node : null;
  if (node === null || nodes.length > 0) return nodes;
  const [old, now] = [before, after].map(({ template }) => fieldsOf(template.nodes[node]).map(({ id }) => id));
  return renamed(node, old ?? [], now ?? []);
}

function renamed(node: string | null, before: readonly string[], after: readonly string[]): readonly Rename[] {
  if (before.length !== after.length) return [];
  const renames = before.flatMap((from, place) => (after[place] === from ? [] : [{ node, from, to: after[place] ?? from }]));
  return renames.length === 1 ? renames : [];
}
