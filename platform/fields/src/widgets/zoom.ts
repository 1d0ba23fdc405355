/** Where a picture stands: enlarged by `scale`, its middle moved by `x` and `y` pixels of the screen. */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size { readonly width: number; readonly height: number }
export interface Point { readonly x: number; readonly y: number }

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
export const MOST = 6;

/** Enlarge to `scale`, so that what lies under `at` (from the middle of the frame) stays there. */
export function zoomed(zoom: Zoom, scale: number, at: Point, frame: Size): Zoom {
  const next = Math.min(MOST, Math.max(1, scale));
  const grown = next / zoom.scale;
  return bounded({ scale: next, x: at.x - (at.x - zoom.x) * grown, y: at.y - (at.y - zoom.y) * grown }, frame);
}

export function moved(zoom: Zoom, by: Point, frame: Size): Zoom {
  return bounded({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, frame);
}

/** Never so far that the picture leaves the frame. */
function bounded({ scale, x, y }: Zoom, { width, height }: Size): Zoom {
  const [wide, high] = [(width * (scale - 1)) / 2, (height * (scale - 1)) / 2];
  return { scale, x: Math.max(-wide, Math.min(wide, x)), y: Math.max(-high, Math.min(high, y)) };
}

export function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

export function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
