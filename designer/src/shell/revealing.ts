import { batch, type Signal, signal } from "@preact/signals";
import { type Editor, selectionAt } from "../model/index.ts";

export type Revealed = { readonly pointer: string; readonly count: number } | null;

/** Selects, opens and shows what a JSON pointer names. */
export function revealing(editor: Editor, open: Signal<string | null>): { readonly revealed: Signal<Revealed>; readonly reveal: (pointer: string) => void } {
  const revealed = signal<Revealed>(null);
  const reveal = (pointer: string): void => {
    const found = selectionAt(editor.draft.peek().template, pointer);
    batch(() => {
      editor.selection.value = found.selection;
      if (found.open !== null) open.value = found.open;
      revealed.value = { pointer, count: (revealed.peek()?.count ?? 0) + 1 };
    });
  };
  return { revealed, reveal };
}
