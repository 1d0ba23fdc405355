import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { Added, Command, Label } from "./command.ts";
import type { Draft } from "./draft.ts";
import { type Dropped, History } from "./history.ts";
import type { Rename } from "./merge/index.ts";
import { NOTHING, renamedIn, type Selection, stillThere } from "./selection.ts";

/** The one place where a draft changes. Canvas, panels and palette all work on this; it knows nothing of them. */
export class Editor {
  readonly selection: Signal<Selection> = signal<Selection>(NOTHING);
  readonly #history: History;
  readonly #renames = signal<readonly Rename[]>([]);

  constructor(draft: Draft, now: () => number = () => performance.now()) {
    this.#history = new History(draft, now);
  }

  get draft(): ReadonlySignal<Draft> { return this.#history.draft; }
  get undoable(): ReadonlySignal<Label | null> { return this.#history.undoable; }
  get redoable(): ReadonlySignal<Label | null> { return this.#history.redoable; }

  /** What could not be undone or redone because somebody else has changed the same since. */
  get dropped(): ReadonlySignal<Dropped | null> { return this.#history.dropped; }
  /** What was called differently for others' sake, last time: whoever remembers names follows. */
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
  absorb(draft: Draft, renames: readonly Rename[] = []): void {
    batch(() => {
      if (renames.length > 0) {
        this.selection.value = renames.reduce(renamedIn, this.selection.peek());
        this.#renames.value = renames;
      }
      this.#change(() => { this.#history.absorb(draft, renames); });
    });
  }

  redo(): void { this.#change(() => { this.#history.redo(); }); }

  /** Whatever changes, the selection never names what is gone. */
  #change(act: () => void): void {
    batch(() => {
      act();
      this.selection.value = stillThere(this.selection.peek(), this.draft.peek().template);
    });
  }
}
