import { type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { Command, Label } from "./command.ts";
import type { Draft } from "./draft.ts";
import { History } from "./history.ts";
import { NOTHING, type Selection } from "./selection.ts";

/** The one place where a draft changes. Canvas, panels and palette all work on this; it knows nothing of them. */
export class Editor {
  readonly selection: Signal<Selection> = signal<Selection>(NOTHING);
  readonly #history: History;

  constructor(draft: Draft, now: () => number = () => performance.now()) {
    this.#history = new History(draft, now);
  }

  get draft(): ReadonlySignal<Draft> { return this.#history.draft; }
  get undoable(): ReadonlySignal<Label | null> { return this.#history.undoable; }
  get redoable(): ReadonlySignal<Label | null> { return this.#history.redoable; }

  /** Make an edit of the present draft and do it: `editor.edit((draft) => removeNodes(draft, ["measure"]))`. */
  edit(make: (draft: Draft) => Command | null): void {
    this.#history.run(make(this.draft.peek()));
  }

  undo(): void { this.#history.undo(); }
  redo(): void { this.#history.redo(); }
}
