import type { Layout, Spot } from "../../model/index.ts";
import type { Size } from "../flow/kinds.ts";
import { forward, type Graph } from "../flow/graph.ts";

const GAP = { x: 40, y: 72 };

export interface Box extends Spot, Size {}

/** Where every node stands: by hand where somebody has placed it, else by the layout. Where most are placed by hand, the rest finds room beside its neighbours. */
export function placed(order: readonly string[], graph: Graph, sizes: (id: string) => Size, byHand: Layout, auto: Readonly<Record<string, Spot>>): Map<string, Box> {
  const boxes = new Map<string, Box>();
  const hand = order.filter((id) => byHand[id] !== undefined);
  for (const id of hand) boxes.set(id, { ...(byHand[id] ?? { x: 0, y: 0 }), ...sizes(id) });
  const rest = order.filter((id) => !boxes.has(id));
  const isByHand = hand.length > rest.length;
  for (const id of rest) {
    const spot = isByHand ? null : auto[id];
    boxes.set(id, { ...(spot ?? besideNeighbours(id, graph, boxes, sizes(id))), ...sizes(id) });
  }
  return boxes;
}

/** Under what leads to it, else above what it leads to, to the right until it is free. */
function besideNeighbours(id: string, graph: Graph, boxes: ReadonlyMap<string, Box>, size: Size): Spot {
  const before = boxes.get((graph.into.get(id) ?? []).find(({ from, kind }) => kind !== "rework" && boxes.has(from))?.from ?? "");
  const after = boxes.get(forward(graph, id).find(({ to }) => boxes.has(to))?.to ?? "");
  const wanted = { ...wantedSpot(before, after, size), ...size };
  const all = [...boxes.values()];
  for (let tries = 0; tries < 200; tries += 1) {
    const inTheWay = all.find((box) => overlap(box, wanted, 12));
    if (inTheWay === undefined) break;
    wanted.x = inTheWay.x + inTheWay.w + GAP.x;
  }
  return { x: wanted.x, y: wanted.y };
}

function wantedSpot(before: Box | undefined, after: Box | undefined, { w, h }: Size): { x: number; y: number } {
  if (before !== undefined) return { x: before.x + (before.w - w) / 2, y: before.y + before.h + GAP.y };
  if (after !== undefined) return { x: after.x + (after.w - w) / 2, y: after.y - h - GAP.y };
  return { x: 0, y: 0 };
}

export function overlap(one: Box, other: Box, margin = 0): boolean {
  return one.x < other.x + other.w + margin && other.x < one.x + one.w + margin && one.y < other.y + other.h + margin && other.y < one.y + one.h + margin;
}

/** The smallest box around all of them; null around nothing. */
export function around(boxes: Iterable<Box>): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, w, h } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + w);
    bottom = Math.max(bottom, y + h);
  }
  return left === Infinity ? null : { x: left, y: top, w: right - left, h: bottom - top };
}
