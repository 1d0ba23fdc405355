import { type ReadonlySignal, signal } from "@preact/signals-core";
import { type Command, joined, type Label } from "./command.ts";
import type { Draft } from "./draft.ts";

/** Edits closer together than this, of the same burst, are undone together. */
const BURST_MS = 1_000;

/** The draft with everything that was done to it, without end in both directions. */
export class History {
  readonly #draft;
  readonly #undoable = signal<Label | null>(null);
  readonly #redoable = signal<Label | null>(null);
  readonly #done: Command[] = [];
  readonly #undone: Command[] = [];
  #lastAt = 0;

  constructor(draft: Draft, private readonly now: () => number) {
    this.#draft = signal(draft);
  }

  get draft(): ReadonlySignal<Draft> { return this.#draft; }
  /** What undo would take back; null: nothing. */
  get undoable(): ReadonlySignal<Label | null> { return this.#undoable; }
  get redoable(): ReadonlySignal<Label | null> { return this.#redoable; }

  /** Do it. Null, an edit that changes nothing, is no edit. */
  run(command: Command | null): void {
    if (command === null) return;
    this.#draft.value = command.apply(this.#draft.peek());
    this.#undone.length = 0;
    this.#keep(command);
    this.#tell();
  }

  undo(): void {
    const command = this.#done.pop();
    if (command === undefined) return;
    this.#draft.value = command.revert(this.#draft.peek());
    this.#undone.push(command);
    this.#rest();
  }

  redo(): void {
    const command = this.#undone.pop();
    if (command === undefined) return;
    this.#draft.value = command.apply(this.#draft.peek());
    this.#done.push(command);
    this.#rest();
  }

  #keep(command: Command): void {
    const last = this.#done.at(-1);
    const at = this.now();
    const follows = last !== undefined && command.burst !== null && last.burst === command.burst && at - this.#lastAt < BURST_MS;
    if (follows) this.#done[this.#done.length - 1] = joined(last, command);
    else this.#done.push(command);
    this.#lastAt = at;
  }

  /** After this the next edit begins a new burst. */
  #rest(): void {
    this.#lastAt = 0;
    this.#tell();
  }

  #tell(): void {
    this.#undoable.value = this.#done.at(-1)?.label ?? null;
    this.#redoable.value = this.#undone.at(-1)?.label ?? null;
  }
}
