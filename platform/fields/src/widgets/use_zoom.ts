import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { distance, middle, moved, type Point, type Size, WHOLE, type Zoom, zoomed } from "./zoom.ts";

/** What a frame needs so that fingers, mouse wheel and keys enlarge and move what is in it. */
export interface Zooming {
  readonly zoom: Signal<Zoom>;
  step: (factor: number) => void;
  whole: () => void;
  readonly hear: {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void;
    onPointerCancel: (event: PointerEvent) => void;
    onWheel: (event: WheelEvent) => void;
  };
}

export function useZoom(frame: { readonly current: HTMLElement | null }): Zooming {
  const zoom = useSignal<Zoom>(WHOLE);
  const fingers = useRef(new Map<number, Point>()).current;
  const size = (): Size => ({ width: frame.current?.clientWidth ?? 1, height: frame.current?.clientHeight ?? 1 });
  const put = (event: PointerEvent | WheelEvent): Point => fromMiddle(frame.current, event);
  const release = (event: PointerEvent): void => { fingers.delete(event.pointerId); };
  return {
    zoom,
    step: (factor) => { zoom.value = zoomed(zoom.value, zoom.value.scale * factor, { x: 0, y: 0 }, size()); },
    whole: () => { zoom.value = WHOLE; },
    hear: {
      onPointerDown: (event) => { fingers.set(event.pointerId, put(event)); frame.current?.setPointerCapture(event.pointerId); },
      onPointerMove: (event) => {
        const before = fingers.get(event.pointerId);
        if (before === undefined) return;
        const now = put(event);
        const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
        zoom.value = other === undefined ? moved(zoom.value, { x: now.x - before.x, y: now.y - before.y }, size()) : pinched(zoom.value, [before, now], other, size());
        fingers.set(event.pointerId, now);
      },
      onPointerUp: release,
      onPointerCancel: release,
      onWheel: (event) => { event.preventDefault(); zoom.value = zoomed(zoom.value, zoom.value.scale * Math.exp(-event.deltaY / 400), put(event), size()); },
    },
  };
}

/** One of two fingers went from `before` to `now`. */
function pinched(zoom: Zoom, [before, now]: readonly [Point, Point], other: Point, frame: Size): Zoom {
  const grown = distance(now, other) / Math.max(1, distance(before, other));
  const larger = zoomed(zoom, zoom.scale * grown, middle(now, other), frame);
  const [from, to] = [middle(before, other), middle(now, other)];
  return moved(larger, { x: to.x - from.x, y: to.y - from.y }, frame);
}

function fromMiddle(frame: HTMLElement | null, { clientX, clientY }: MouseEvent): Point {
  const box = frame?.getBoundingClientRect();
  return box === undefined ? { x: 0, y: 0 } : { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
}
