import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { addField, duplicateField, type Field, fieldsOf, removeFields } from "../model/index.ts";
import { mayEdit, type Session } from "../session.ts";
import { say } from "../words/index.ts";
import { gatherFields, inOne, sendFields } from "./edits.ts";
import { type FoundByField, problemsOf } from "./found.ts";
import { stretch } from "./order.ts";
import type { FieldType } from "./types.ts";

const NOTHING_CHOSEN: ReadonlySet<string> = new Set();
const BOTH = "mendloop.designer.both_languages";

/** Where the list of types is open: before the field at `index`, beside `anchor`. */
export interface Adding {
  readonly index: number;
  readonly anchor: HTMLElement;
}

/** The fields of one step while they are looked at: which is open, which are chosen; and everything that can be done with them. */
export class Room {
  readonly fields: ReadonlySignal<readonly Field[]>;
  readonly ids: ReadonlySignal<readonly string[]>;
  readonly chosen: ReadonlySignal<ReadonlySet<string>>;
  readonly found: ReadonlySignal<FoundByField>;
  readonly isReadonly: ReadonlySignal<boolean>;
  readonly open: Signal<string | null> = signal<string | null>(null);
  /** The card that Tab leads to. */
  readonly current: Signal<string | null> = signal<string | null>(null);
  readonly adding: Signal<Adding | null> = signal<Adding | null>(null);
  /** Both languages of everything, else the one that is spoken. */
  readonly both: Signal<boolean> = signal(remembered());
  /** What is to get the focus once it is shown: a field's name, and its label or its card. */
  readonly wanted: Signal<{ readonly id: string; readonly part: "label" | "card" } | null> = signal<{ id: string; part: "label" | "card" } | null>(null);

  readonly #keys = new Map<string, string>();

  constructor(readonly session: Session, readonly node: string) {
    const { editor } = session;
    this.fields = computed(() => fieldsOf(editor.draft.value.template.nodes[node]));
    this.ids = computed(() => this.fields.value.map(({ id }) => id), );
    this.chosen = computed(() => {
      const selection = editor.selection.value;
      return selection.kind === "fields" && selection.node === node ? new Set(selection.fields) : NOTHING_CHOSEN;
    });
    this.found = problemsOf(session, node);
    this.isReadonly = computed(() => !mayEdit(session));
  }

  /** What a card is known by, whatever its field is called meanwhile: it stays the same card. */
  keyOf(id: string): string {
    return this.#keys.get(id) ?? id;
  }

  /** The open field has another name now. */
  follow({ node, from, to }: { readonly node: string | null; readonly from: string; readonly to: string }): void {
    if (node !== this.node) return;
    this.#keys.set(to, this.keyOf(from));
    this.#keys.delete(from);
    for (const remembered of [this.open, this.current]) if (remembered.peek() === from) remembered.value = to;
  }

  placeOf(id: string): number {
    return this.ids.peek().indexOf(id);
  }

  choose(ids: readonly string[]): void {
    this.session.editor.selection.value = ids.length === 0 ? { kind: "nodes", nodes: [this.node] } : { kind: "fields", node: this.node, fields: ids };
  }

  /** A click on a card: with Shift up to it, with Ctrl it more or less, else only it, opened or closed. */
  click(id: string, event: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }): void {
    const chosen = [...this.chosen.peek()];
    batch(() => {
      this.current.value = id;
      if (event.shiftKey) this.choose(stretch(this.ids.peek(), chosen.at(-1), id));
      else if (event.ctrlKey || event.metaKey) this.choose(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
      else this.#toggle(id);
    });
  }

  #toggle(id: string): void {
    const isOpen = this.open.peek() === id;
    this.open.value = isOpen ? null : id;
    this.choose([id]);
  }

  show(id: string, part: "label" | "card" = "label"): void {
    batch(() => {
      this.open.value = id;
      this.current.value = id;
      this.choose([id]);
      this.wanted.value = { id, part };
    });
  }

  focus(id: string): void {
    batch(() => { this.current.value = id; this.wanted.value = { id, part: "card" }; });
  }

  add(type: FieldType, index: number): void {
    this.#doing((draft) => addField(draft, this.node, type, index));
  }

  duplicate(ids: readonly string[]): void {
    if (ids.length === 1) { this.#doing((draft) => duplicateField(draft, this.node, ids[0] ?? "")); return; }
    this.session.editor.edit((draft) => inOne(draft, ids.map((id) => (now) => duplicateField(now, this.node, id)?.command ?? null)));
  }

  #doing(make: (draft: Session["editor"]["draft"]["value"]) => ReturnType<typeof addField>): void {
    let made: string | null = null;
    batch(() => {
      this.session.editor.edit((draft) => {
        const added = make(draft);
        made = added?.id ?? null;
        return added?.command ?? null;
      });
      if (made !== null) this.show(made);
    });
  }

  /** What an act on the card `id` is about: all that are chosen, if it is one of them. */
  meant(id: string): readonly string[] {
    const chosen = this.chosen.peek();
    return chosen.has(id) ? this.ids.peek().filter((each) => chosen.has(each)) : [id];
  }

  remove(ids: readonly string[]): void {
    const all = this.ids.peek();
    const next = all[all.findIndex((id) => ids.includes(id)) + ids.length] ?? all.findLast((id) => !ids.includes(id)) ?? null;
    batch(() => {
      this.session.editor.edit((draft) => removeFields(draft, this.node, ids));
      if (ids.includes(this.open.peek() ?? "")) this.open.value = null;
      this.choose([]);
      if (next !== null) this.focus(next);
    });
    this.session.tell(say(ids.length === 1 ? "fields.removed_one" : "fields.removed", { count: ids.length }));
  }

  /** One place up or down; what is chosen goes together. */
  step(id: string, by: -1 | 1): void {
    const ids = this.meant(id);
    const places = ids.map((each) => this.placeOf(each));
    const gap = by < 0 ? Math.min(...places) - 1 : Math.max(...places) + 2;
    if (gap < 0 || gap > this.ids.peek().length) return;
    this.gather(ids, gap);
    this.focus(id);
  }

  gather(ids: readonly string[], gap: number): void {
    this.session.editor.edit((draft) => gatherFields(draft, this.node, ids, gap));
  }

  /** To the end of another step. */
  send(ids: readonly string[], to: string, name: string): void {
    batch(() => {
      this.session.editor.edit((draft) => sendFields(draft, this.node, ids, to));
      this.choose([]);
      this.open.value = null;
    });
    this.session.tell(say("fields.sent", { count: ids.length, step: name }));
  }

  toggleBoth(): void {
    this.both.value = !this.both.peek();
    try { localStorage.setItem(BOTH, String(this.both.peek())); } catch { /* not kept: the next visit begins with one language */ }
  }
}

function remembered(): boolean {
  try {
    return localStorage.getItem(BOTH) === "true";
  } catch {
    return false;
  }
}
