import type { Board } from "../board.ts";
import { around } from "../layout/place.ts";
import { fitted, revealed, toScreen, type Viewport, zoomedAt, zoomStep } from "../view/viewport.ts";

const GLIDE_MS = 220;

export function isMotionAllowed(): boolean {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

const glides = new WeakMap<Board, number>();
const goals = new WeakMap<Board, Viewport>();

/** To another part of the flow, gently where motion is allowed. */
export function glide(board: Board, to: Viewport): void {
  hold(board);
  const from = board.view.peek();
  if (!isMotionAllowed() || Math.hypot(to.x - from.x, to.y - from.y) < 2 && to.zoom === from.zoom) { board.view.value = to; return; }
  const begin = performance.now();
  goals.set(board, to);
  const frame = (now: number): void => {
    const part = Math.min(1, Math.max(0, (now - begin) / GLIDE_MS));
    board.view.value = between(from, to, 1 - (1 - part) ** 3);
    if (part < 1) glides.set(board, requestAnimationFrame(frame));
    else goals.delete(board);
  };
  glides.set(board, requestAnimationFrame(frame));
}

/** Where the canvas is going; where it is when it rests. */
export function goal(board: Board): Viewport {
  return goals.get(board) ?? board.view.peek();
}

/** Whoever takes the canvas in hand ends what glides. */
export function hold(board: Board): void {
  cancelAnimationFrame(glides.get(board) ?? 0);
  goals.delete(board);
}

function between(from: Viewport, to: Viewport, part: number): Viewport {
  const mixed = (one: number, other: number): number => one + (other - one) * part;
  return { x: mixed(from.x, to.x), y: mixed(from.y, to.y), zoom: mixed(from.zoom, to.zoom) };
}

export function fit(board: Board): void {
  glide(board, fitted(board.scene.peek().whole, board.room.peek()));
}

export function fitSelection(board: Board): void {
  const { boxes } = board.scene.peek();
  const box = around(board.selected.flatMap((id) => boxes.get(id) ?? []));
  if (box === null) fit(board);
  else glide(board, fitted(box, board.room.peek(), { margin: 120 }));
}

/** One step from where the canvas is going, so that pressing twice is two steps. */
export function zoomBy(board: Board, direction: 1 | -1): void {
  const { zoom } = goal(board);
  zoomTo(board, zoomStep(zoom, direction));
}

/** About the selected node where it is seen, else about the middle. */
export function zoomTo(board: Board, zoom: number): void {
  const [view, room] = [board.view.peek(), board.room.peek()];
  const box = board.scene.peek().boxes.get(board.selected[0] ?? "");
  const spot = box === undefined ? null : toScreen(view, { x: box.x + box.w / 2, y: box.y + box.h / 2 });
  const isSeen = spot !== null && spot.x > 0 && spot.y > 0 && spot.x < room.w && spot.y < room.h;
  glide(board, zoomedAt(view, zoom, isSeen ? spot : { x: room.w / 2, y: room.h / 2 }));
}

export function show(board: Board, id: string): void {
  const box = board.scene.peek().boxes.get(id);
  if (box === undefined) return;
  const next = revealed(board.view.peek(), box, board.room.peek());
  glide(board, next.zoom < 0.35 ? fitted(box, board.room.peek(), { most: 1 }) : next);
}

const flashes = new WeakMap<Board, ReturnType<typeof setTimeout>>();

/** Point a node out, once. */
export function flash(board: Board, id: string): void {
  clearTimeout(flashes.get(board));
  board.flashing.value = id;
  flashes.set(board, setTimeout(() => { board.flashing.value = null; }, 1_300));
}
