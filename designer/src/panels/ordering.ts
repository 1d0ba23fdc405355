import { useRef, useState } from "preact/hooks";

export interface Ordering {
  /** The row that is dragged, and before which it would fall; null: none. */
  readonly drag: { readonly from: number; readonly to: number } | null;
  /** For the handle of row `index`. */
  readonly handle: (index: number) => { readonly onPointerDown: (event: PointerEvent) => void; readonly onPointerMove: (event: PointerEvent) => void; readonly onPointerUp: () => void; readonly onPointerCancel: () => void };
  /** For the row: Alt+ArrowUp, Alt+ArrowDown. */
  readonly onKeyDown: (event: KeyboardEvent, index: number) => void;
}

const ROW = ":scope > [data-row]";

/** Rows of a list, put into another order by dragging their handle or with Alt and the arrows; the focus goes along. */
export function useOrdering(count: number, move: (from: number, to: number) => void): Ordering {
  const [drag, setDrag] = useState<Ordering["drag"]>(null);
  const now = useRef<Ordering["drag"]>(null);
  const put = (value: Ordering["drag"]): void => { now.current = value; setDrag(value); };
  const drop = (): void => {
    const dropped = now.current;
    put(null);
    if (dropped === null) return;
    const to = dropped.to > dropped.from ? dropped.to - 1 : dropped.to;
    if (to !== dropped.from) move(dropped.from, to);
  };
  return {
    drag,
    handle: (index) => ({
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
        put({ from: index, to: index });
      },
      onPointerMove: (event) => { if (now.current !== null) put({ from: now.current.from, to: placeAt(event) }); },
      onPointerUp: drop,
      onPointerCancel: () => { put(null); },
    }),
    onKeyDown: (event, index) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step === undefined || !event.altKey || index + step < 0 || index + step >= count) return;
      event.preventDefault();
      event.stopPropagation();
      const follow = follower(event);
      move(index, index + step);
      requestAnimationFrame(() => { follow(index + step); });
    },
  };
}

function rowsAround(element: Element): readonly Element[] {
  return [...(element.closest("[data-row]")?.parentElement?.querySelectorAll(ROW) ?? [])];
}

/** Before which row the pointer is. */
function placeAt(event: PointerEvent): number {
  const rows = rowsAround(event.currentTarget as Element);
  const before = rows.findIndex((row) => { const { top, height } = row.getBoundingClientRect(); return event.clientY < top + height / 2; });
  return before === -1 ? rows.length : before;
}

const FOCUSABLE = "button, input, textarea, select, summary";

/** Gives the focus to the same control of the row's new place. */
function follower(event: KeyboardEvent): (index: number) => void {
  const target = event.target as Element;
  const list = target.closest("[data-row]")?.parentElement ?? null;
  const place = [...(target.closest("[data-row]")?.querySelectorAll(FOCUSABLE) ?? [])].indexOf(target);
  return (index) => { list?.querySelectorAll(ROW)[index]?.querySelectorAll<HTMLElement>(FOCUSABLE)[place]?.focus(); };
}
