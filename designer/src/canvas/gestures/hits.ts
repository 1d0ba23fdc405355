import type { Spot } from "../../model/index.ts";
import type { Box } from "../layout/place.ts";
import { distanceTo } from "../route/path.ts";
import type { Scene, Wire } from "../view/scene.ts";
import type { Hit } from "./gesture.ts";

/** What an event is about, by the elements under it. */
export function hitOf(target: EventTarget | null): Hit {
  const data = (name: string): string | undefined => (target instanceof Element ? target.closest<HTMLElement | SVGElement>(`[data-${name}]`)?.dataset[name] : undefined);
  const [add, end, handle, node, edge] = ["add", "end", "handle", "node", "edge"].map(data);
  if (add !== undefined) return { kind: "add", key: add };
  if (end !== undefined) return { kind: "end", key: end };
  if (handle !== undefined) return { kind: "handle", id: handle };
  if (node !== undefined) return { kind: "node", id: node };
  return edge === undefined ? { kind: "ground" } : { kind: "edge", key: edge };
}

/** The same by geometry: from far away nothing has an element. */
export function hitAt(scene: Scene, spot: Spot, reach: number): Hit {
  const node = nodeAt(scene, spot, 0);
  if (node !== null) return { kind: "node", id: node };
  const wire = wireAt(scene, spot, reach);
  return wire === null ? { kind: "ground" } : { kind: "edge", key: wire.link.key };
}

export function nodeAt({ boxes }: Scene, spot: Spot, reach: number): string | null {
  for (const [id, box] of boxes) if (isInside(box, spot, reach)) return id;
  return null;
}

/** The nearest way, no further than `reach`. */
export function wireAt({ wires }: Scene, spot: Spot, reach: number): Wire | null {
  let best: Wire | null = null;
  let least = reach;
  for (const wire of wires.values()) {
    if (!isInside(wire.box, spot, reach)) continue;
    const away = Math.min(distanceTo(wire.points, spot), Math.max(0, Math.hypot(wire.tag.x - spot.x, wire.tag.y - spot.y) - 16));
    if (away < least) [best, least] = [wire, away];
  }
  return best;
}

export function isInside({ x, y, w, h }: Box, spot: Spot, reach = 0): boolean {
  return spot.x >= x - reach && spot.x <= x + w + reach && spot.y >= y - reach && spot.y <= y + h + reach;
}
