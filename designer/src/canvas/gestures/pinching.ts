import { hold } from "../acts/views.ts";
import { zoomedAt } from "../view/viewport.ts";
import type { Hand } from "./gesture.ts";

interface Finger {
  readonly clientX: number;
  readonly clientY: number;
}

/** Two fingers: the flow stays under them. Call it with where they are now. */
export function pinching({ board, stage }: Hand, one: Finger, other: Finger): (one: Finger, other: Finger) => void {
  hold(board);
  const before = board.view.peek();
  const { left, top } = stage.host.getBoundingClientRect();
  const apart = (a: Finger, b: Finger): number => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) || 1;
  const middle = (a: Finger, b: Finger): { x: number; y: number } => ({ x: (a.clientX + b.clientX) / 2 - left, y: (a.clientY + b.clientY) / 2 - top });
  const [firstApart, firstMiddle] = [apart(one, other), middle(one, other)];
  return (a, b) => {
    const now = middle(a, b);
    const zoomed = zoomedAt(before, before.zoom * (apart(a, b) / firstApart), firstMiddle);
    board.view.value = { ...zoomed, x: zoomed.x + now.x - firstMiddle.x, y: zoomed.y + now.y - firstMiddle.y };
  };
}
