import type { Box } from "../layout/place.ts";
import type { Scene } from "../view/scene.ts";

export type Direction = "up" | "down" | "left" | "right";

/** Where an arrow key leads: along the flow; beside it, to what stands beside. Null: nowhere. */
export function step(scene: Scene, from: string, direction: Direction): string | null {
  const box = scene.boxes.get(from);
  if (box === undefined) return null;
  if (direction === "down") return nearest(scene, box, (scene.graph.out.get(from) ?? []).filter(({ kind }) => kind === "route").map(({ to }) => to));
  if (direction === "up") return nearest(scene, box, (scene.graph.into.get(from) ?? []).filter(({ kind }) => kind === "route").map(({ from: before }) => before));
  return beside(scene, from, box, direction === "left" ? -1 : 1);
}

/** Of several the one that stands most straight; "else", the usual way on, is not preferred. */
function nearest({ boxes }: Scene, from: Box, ids: readonly string[]): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const id of ids) {
    const box = boxes.get(id);
    const away = box === undefined ? Infinity : Math.abs(middle(box) - middle(from)) + Math.abs(box.y - from.y) / 1000;
    if (away < least) [best, least] = [id, away];
  }
  return best;
}

function beside({ boxes, order }: Scene, from: string, box: Box, sign: 1 | -1): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const id of order) {
    const other = boxes.get(id);
    if (other === undefined || id === from) continue;
    const [dx, dy] = [(middle(other) - middle(box)) * sign, Math.abs(other.y + other.h / 2 - box.y - box.h / 2)];
    if (dx < 24 || dy > box.h * 2.5) continue;
    if (dx + dy * 3 < least) [best, least] = [id, dx + dy * 3];
  }
  return best;
}

function middle({ x, w }: Box): number {
  return x + w / 2;
}
