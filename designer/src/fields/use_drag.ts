import { type Signal, useSignal } from "@preact/signals";
import { type RefObject } from "preact";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { gapAt, scrollSpeed, type Span } from "./order.ts";

export interface Drag {
  readonly from: number;
  readonly gap: number;
  /** Of the pointer, in the window. */
  readonly x: number;
  readonly y: number;
}

export interface Dragging {
  readonly drag: Signal<Drag | null>;
  /** For the grip of the one at `from`. */
  readonly begin: (event: PointerEvent, from: number) => void;
}

export interface DragOptions {
  readonly list: RefObject<HTMLDivElement | null>;
  /** Finds what can be dragged in the list. */
  readonly items: string;
  readonly drop: (drag: Drag) => void;
}

const THRESHOLD = 4;

/** Putting things of a list into another order with mouse, pen or finger. The list scrolls under the pointer at its edges; Escape puts all back. */
export function useDrag({ list, items, drop }: DragOptions): Dragging {
  const drag = useSignal<Drag | null>(null);
  const stop = useRef<(() => void) | null>(null);
  const latest = useRef(drop);
  latest.current = drop;
  useEffect(() => () => { stop.current?.(); }, []);

  const begin = useCallback((event: PointerEvent, from: number): void => {
    if (event.button !== 0 || list.current === null) return;
    event.preventDefault();
    const ends = new AbortController();
    const { signal } = ends;
    const start = { x: event.clientX, y: event.clientY };
    let point = start;
    let spans: readonly Span[] | null = null;
    let frame = 0;
    const scroller = scrollerOf(list.current);
    const show = (): void => {
      spans ??= [...(list.current?.querySelectorAll(items) ?? [])].map((item) => item.getBoundingClientRect());
      drag.value = { from, gap: gapAt(spans, point.y), ...point };
    };
    const turn = (): void => {
      const speed = scrollSpeed(point.y, scroller.getBoundingClientRect());
      if (speed !== 0) { scroller.scrollBy(0, speed); spans = null; show(); }
      frame = requestAnimationFrame(turn);
    };
    const move = (next: PointerEvent): void => {
      point = { x: next.clientX, y: next.clientY };
      if (frame === 0 && Math.hypot(point.x - start.x, point.y - start.y) < THRESHOLD) return;
      if (frame === 0) frame = requestAnimationFrame(turn);
      show();
    };
    const end = (): void => {
      ends.abort();
      cancelAnimationFrame(frame);
      drag.value = null;
      stop.current = null;
    };
    const release = (): void => {
      const done = drag.peek();
      end();
      if (done !== null) latest.current(done);
    };
    stop.current = end;
    addEventListener("pointermove", move, { signal });
    addEventListener("pointerup", release, { signal });
    addEventListener("pointercancel", end, { signal });
    addEventListener("keydown", (key) => { if (key.key === "Escape") { key.stopPropagation(); end(); } }, { signal, capture: true });
  }, []); // always the same: what is given it is not drawn again
  return { drag, begin };
}

/** What scrolls when the list is longer than its room. */
export function scrollerOf(element: HTMLElement): HTMLElement {
  for (let each = element.parentElement; each !== null; each = each.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(each).overflowY)) return each;
  }
  return document.documentElement;
}
