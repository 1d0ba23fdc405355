import { overlap } from "../layout/place.ts";
import type { Gesture, Hand, Point } from "./gesture.ts";

/** A rubber band: what it touches is selected, beside what was before. */
export function banding({ board, stage }: Hand, from: Point): Gesture {
  const before = board.session.editor.selection.peek();
  const already = board.selected;
  return {
    pulls: true,
    move: (to) => {
      const box = { x: Math.min(from.flow.x, to.flow.x), y: Math.min(from.flow.y, to.flow.y), w: Math.abs(to.flow.x - from.flow.x), h: Math.abs(to.flow.y - from.flow.y) };
      stage.overlay.band(box);
      const touched = [...board.scene.peek().boxes].filter(([, node]) => overlap(node, box)).map(([id]) => id);
      const now = [...new Set([...already, ...touched])];
      if (now.join() !== board.selected.join()) board.selectNodes(now);
    },
    end: () => { stage.overlay.clear(); },
    cancel: () => { stage.overlay.clear(); board.select(before); },
  };
}
