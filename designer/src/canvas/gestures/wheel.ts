import { hold } from "../acts/views.ts";
import { panned, zoomedAt } from "../view/viewport.ts";
import type { Hand } from "./gesture.ts";

const LINE = 18;
const FASTEST = 50;

/** The wheel and the trackpad move what is seen; with Ctrl, which is what a pinch on a trackpad sends, they zoom at the pointer. */
export function wheel({ board, stage }: Hand, event: WheelEvent): void {
  if (event.target instanceof Element && event.target.closest(".canvas-controls") !== null) return;
  event.preventDefault();
  hold(board);
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
  const view = board.view.peek();
  if (event.ctrlKey || event.metaKey) {
    const { left, top } = stage.host.getBoundingClientRect();
    const amount = Math.max(-FASTEST, Math.min(FASTEST, event.deltaY * unit));
    board.view.value = zoomedAt(view, view.zoom * Math.exp(-amount / 180), { x: event.clientX - left, y: event.clientY - top });
    return;
  }
  const isSideways = event.shiftKey && event.deltaX === 0;
  board.view.value = panned(view, -(isSideways ? event.deltaY : event.deltaX) * unit, -(isSideways ? 0 : event.deltaY) * unit);
}
