import { effect, signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Session } from "../session.ts";
import { say } from "../words/index.ts";
import { type Board, boardOf } from "./board.ts";
import { hitOf } from "./gestures/hits.ts";
import { type Box, overlap } from "./layout/place.ts";
import { inksOf, paint } from "./view/painter.ts";
import { tagWidth } from "./view/scene.ts";
import { fitted, type Viewport, visible } from "./view/viewport.ts";

const SIZE = { w: 168, h: 124 };
/** From the canvas's edge. */
const EDGE = 12;
/** Fewer nodes than this need no map. */
const FEWEST = 8;

/** The whole flow, small; what is seen of it is framed. Click or drag to go there. */
export function Minimap({ session }: { readonly session: Session }): JSX.Element | null {
  const board = boardOf(session);
  const map = useRef<HTMLDivElement>(null);
  const isShown = board.scene.value.order.length >= FEWEST;
  useEffect(() => (map.current === null ? undefined : follow(board, map.current)), [board, isShown]);
  if (!isShown) return null;
  return (
    <div class="canvas-map" ref={map} title={say("canvas.map")} aria-hidden="true" data-testid="minimap">
      <canvas width={SIZE.w * 2} height={SIZE.h * 2} /><i />
    </div>
  );
}

function follow(board: Board, map: HTMLElement): () => void {
  const [picture, frame] = [map.querySelector("canvas"), map.querySelector("i")];
  const context = picture?.getContext("2d");
  if (frame === null || context === null || context === undefined) return () => undefined;
  const pointedAt = signal<readonly string[]>([]);
  let drawing = 0;
  const draw = (): void => {
    drawing = 0;
    const scene = board.scene.peek();
    const inks = inksOf(map);
    paint(context, { scene, wires: scene.wires.values(), boxOf: (id) => scene.boxes.get(id), selected: new Set(board.selected), bad: (id) => (board.problems.peek().get(id)?.errors ?? 0) > 0 }, viewOf(scene.whole), inks, 2);
  };
  const later = (): void => { if (drawing === 0) drawing = requestAnimationFrame(draw); };
  const stops = [
    effect(() => { if (board.scene.value.order.length + board.problems.value.size > 0 && board.selection.kind !== "fields") later(); }),
    effect(() => { place(frame, board); }),
    effect(() => { map.classList.toggle("aside", isOver(board, [...pointedAt.value, ...chosen(board)])); }),
  ];
  const watch = new MutationObserver(later);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const stop = new AbortController();
  drag(board, map, stop.signal);
  board.host?.addEventListener("pointerover", ({ target }) => { pointedAt.value = keysUnder(target); }, { signal: stop.signal });
  board.host?.addEventListener("pointerleave", () => { pointedAt.value = NONE; }, { signal: stop.signal });
  return () => {
    for (const each of stops) each();
    watch.disconnect();
    cancelAnimationFrame(drawing);
    stop.abort();
  };
}

const NONE: readonly string[] = [];

/** The node or the way that the pointer is on. */
function keysUnder(target: EventTarget | null): readonly string[] {
  const hit = hitOf(target);
  return "id" in hit ? [hit.id] : "key" in hit ? [hit.key] : NONE;
}

function chosen({ selection }: Board): readonly string[] {
  if (selection.kind === "template") return NONE;
  return selection.kind === "nodes" ? selection.nodes : [selection.kind === "edge" ? `${selection.node} ${selection.index}` : selection.node];
}

/** True when one of these nodes, or the words of one of these ways, lies under the map. */
function isOver({ view, room, scene }: Board, keys: readonly string[]): boolean {
  const { x, y, zoom } = view.value;
  const [w, h] = [SIZE.w + EDGE, SIZE.h + EDGE];
  const map = { x: (room.value.w - w - x) / zoom, y: (room.value.h - h - y) / zoom, w: w / zoom, h: h / zoom };
  const { boxes, wires } = scene.value;
  return keys.some((key) => {
    const wire = wires.get(key);
    const box = boxes.get(key) ?? (wire === undefined ? undefined : { x: wire.tag.x - tagWidth(wire.tagText) / 2, y: wire.tag.y - 16, w: tagWidth(wire.tagText), h: 32 });
    return box !== undefined && overlap(box, map);
  });
}

function viewOf(whole: Box): Viewport {
  return fitted(whole, SIZE, { least: 0.001, most: 0.2, margin: 8 });
}

/** Nobody needs a map of what is all in sight. */
function holds(seen: Box, whole: Box): boolean {
  return seen.x <= whole.x && seen.y <= whole.y && seen.x + seen.w >= whole.x + whole.w && seen.y + seen.h >= whole.y + whole.h;
}

function place(frame: HTMLElement, board: Board): void {
  const seen = visible(board.view.value, board.room.value);
  const { zoom, x, y } = viewOf(board.scene.value.whole);
  frame.parentElement?.classList.toggle("whole", holds(seen, board.scene.value.whole));
  const [left, top] = [Math.max(0, seen.x * zoom + x), Math.max(0, seen.y * zoom + y)];
  const [right, bottom] = [Math.min(SIZE.w, (seen.x + seen.w) * zoom + x), Math.min(SIZE.h, (seen.y + seen.h) * zoom + y)];
  frame.style.transform = `translate(${left}px,${top}px)`;
  frame.style.width = `${Math.max(4, right - left)}px`;
  frame.style.height = `${Math.max(4, bottom - top)}px`;
}

function drag(board: Board, map: HTMLElement, signal: AbortSignal): void {
  const go = (event: PointerEvent): void => {
    const { left, top } = map.getBoundingClientRect();
    const { whole } = board.scene.peek();
    const small = viewOf(whole);
    const seen = visible(board.view.peek(), board.room.peek());
    const middle = { x: (event.clientX - left - small.x) / small.zoom, y: (event.clientY - top - small.y) / small.zoom };
    const { zoom } = board.view.peek();
    const x = Math.max(whole.x, Math.min(whole.x + whole.w, middle.x));
    const y = Math.max(whole.y, Math.min(whole.y + whole.h, middle.y));
    board.view.value = { zoom, x: (seen.w / 2 - x) * zoom, y: (seen.h / 2 - y) * zoom };
  };
  map.addEventListener("pointerdown", (event) => { map.setPointerCapture(event.pointerId); go(event); }, { signal });
  map.addEventListener("pointermove", (event) => { if (map.hasPointerCapture(event.pointerId)) go(event); }, { signal });
}
