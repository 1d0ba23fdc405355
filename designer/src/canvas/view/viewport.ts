import type { Spot } from "../../model/index.ts";
import type { Box } from "../layout/place.ts";

/** What part of the flow is seen: a place of the flow is at `place * zoom + (x, y)` of the screen. */
export interface Viewport extends Spot {
  readonly zoom: number;
}

export interface Room {
  readonly w: number;
  readonly h: number;
}

export const LEAST_ZOOM = 0.1;
export const MOST_ZOOM = 2;
const STEP = 1.25;

export const clampZoom = (zoom: number): number => Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, zoom));

export function toFlow({ x, y, zoom }: Viewport, spot: Spot): Spot {
  return { x: (spot.x - x) / zoom, y: (spot.y - y) / zoom };
}

export function toScreen({ x, y, zoom }: Viewport, spot: Spot): Spot {
  return { x: spot.x * zoom + x, y: spot.y * zoom + y };
}

export function panned(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** Another zoom; what is under `fixed`, a place on the screen, stays there. */
export function zoomedAt(view: Viewport, zoom: number, fixed: Spot): Viewport {
  const next = clampZoom(zoom);
  const factor = next / view.zoom;
  return { x: fixed.x - (fixed.x - view.x) * factor, y: fixed.y - (fixed.y - view.y) * factor, zoom: next };
}

/** The next round step: 100 % is always met. */
export function zoomStep(zoom: number, direction: 1 | -1): number {
  const power = Math.round((Math.log(zoom) / Math.log(STEP)) * 100) / 100;
  return clampZoom(STEP ** (direction > 0 ? Math.floor(power + 1.3) : Math.ceil(power - 1.3)));
}

export function visible({ x, y, zoom }: Viewport, room: Room, margin = 0): Box {
  return { x: (-x - margin) / zoom, y: (-y - margin) / zoom, w: (room.w + 2 * margin) / zoom, h: (room.h + 2 * margin) / zoom };
}

/** All of `box`, in the middle, as large as possible between two zooms. */
export function fitted(box: Box, room: Room, { least = LEAST_ZOOM, most = 1, margin = 48 } = {}): Viewport {
  const zoom = Math.max(least, Math.min(most, (room.w - 2 * margin) / box.w, (room.h - 2 * margin) / box.h));
  return { zoom, x: room.w / 2 - (box.x + box.w / 2) * zoom, y: room.h / 2 - (box.y + box.h / 2) * zoom };
}

/** How a template opens: whole where it can be read so, else from its beginning, at a size that can be read. */
export function opened(whole: Box, start: Box, room: Room): Viewport {
  const all = fitted(whole, room);
  if (all.zoom >= 0.75) return all;
  const zoom = Math.max(0.8, Math.min(1, (room.w - 96) / whole.w));
  return { zoom, x: room.w / 2 - (start.x + start.w / 2) * zoom, y: 56 - start.y * zoom };
}

/** Moved as little as needed so that `box` is seen; in the middle when it was far away. */
export function revealed(view: Viewport, box: Box, room: Room, margin = 60): Viewport {
  const at = toScreen(view, box);
  const [w, h] = [box.w * view.zoom, box.h * view.zoom];
  const dx = shift(at.x, w, room.w, margin);
  const dy = shift(at.y, h, room.h, margin);
  if (Math.abs(dx) < room.w / 2 && Math.abs(dy) < room.h / 2) return panned(view, dx, dy);
  return { ...view, x: room.w / 2 - (box.x + box.w / 2) * view.zoom, y: room.h / 2 - (box.y + box.h / 2) * view.zoom };
}

function shift(at: number, length: number, room: number, margin: number): number {
  if (at < margin) return margin - at;
  return at + length > room - margin ? Math.max(room - margin - at - length, margin - at) : 0;
}
