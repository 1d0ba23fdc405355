import type { Spot } from "../../model/index.ts";
import { move } from "../acts/edits.ts";
import { hold } from "../acts/views.ts";
import { panned } from "../view/viewport.ts";
import type { Gesture, Hand, Point } from "./gesture.ts";

const SNAP = 7;
const GRID = 4;

/** Drag the ground: what is seen moves. */
export function panning({ board }: Hand, from: Point): Gesture {
  hold(board);
  const before = board.view.peek();
  return {
    move: (to) => { board.view.value = panned(before, to.clientX - from.clientX, to.clientY - from.clientY); },
    end: () => undefined,
    cancel: () => { board.view.value = before; },
  };
}

/** Drag nodes: they come along with their ways, and snap under what leads to them. */
export function moving({ board, stage }: Hand, from: Point, ids: readonly string[], held: string): Gesture {
  const lines = snapLines(board.scene.peek(), ids, held);
  let by: Spot = { x: 0, y: 0 };
  return {
    pulls: true,
    move: (to) => {
      by = snapped({ x: to.flow.x - from.flow.x, y: to.flow.y - from.flow.y }, lines);
      stage.lift(ids, by);
      const line = lines.find(({ by: needed }) => needed === by.x);
      if (line === undefined) stage.overlay.noGuide();
      else stage.overlay.guide(line.from, { x: line.from.x, y: line.at.y + by.y });
    },
    end: () => {
      stage.overlay.clear();
      if (by.x === 0 && by.y === 0) stage.drop();
      else move(board, ids, by);
    },
    cancel: () => { stage.overlay.clear(); stage.drop(); },
  };
}

interface SnapLine {
  readonly by: number;
  readonly from: Spot;
  readonly at: Spot;
}

/** Distances at which the held node stands straight under, or over, a neighbour that is not dragged. */
function snapLines({ boxes, graph }: Hand["board"]["scene"]["value"], ids: readonly string[], held: string): readonly SnapLine[] {
  const box = boxes.get(held);
  if (box === undefined) return [];
  const moving = new Set(ids);
  const neighbours = [...(graph.into.get(held) ?? []).map((link) => link.from), ...(graph.out.get(held) ?? []).map((link) => link.to)];
  return neighbours.filter((id) => !moving.has(id)).flatMap((id) => {
    const other = boxes.get(id);
    if (other === undefined) return [];
    const middle = other.x + other.w / 2;
    return [{ by: middle - box.x - box.w / 2, from: { x: middle, y: other.y + other.h / 2 }, at: { x: middle, y: box.y + box.h / 2 } }];
  });
}

function snapped({ x, y }: Spot, lines: readonly SnapLine[]): Spot {
  const line = lines.find(({ by }) => Math.abs(by - x) <= SNAP);
  return { x: line?.by ?? Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}
