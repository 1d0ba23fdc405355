import { say } from "../../words/index.ts";
import { bring } from "../acts/asking.ts";
import { refusal } from "../acts/edits.ts";
import type { Place } from "../board.ts";
import { type Kind, sizeOf } from "../flow/kinds.ts";
import { type Gesture, type Hand, type Point, whenLetGo } from "./gesture.ts";
import { nodeAt, wireAt } from "./hits.ts";

const REACH = 26;

/** Something new from the palette: into a route that lights up, behind a node, or onto the ground. Outside the canvas: nothing. */
export function bringing({ board, stage }: Hand, kind: Kind): Gesture {
  const size = sizeOf(kind);
  const { overlay } = stage;
  const clear = (): void => { overlay.clear(); board.lit.value = null; };
  const placeAt = (at: Point): Place | null => {
    if (!isOver(board.host, at)) return null;
    const scene = board.scene.peek();
    const node = nodeAt(scene, at.flow, 0);
    if (node !== null) return { after: node };
    const wire = wireAt(scene, at.flow, REACH);
    if (wire?.link.kind === "route") return { onEdge: { from: wire.link.from, index: wire.link.index } };
    return { at: { x: Math.round(at.flow.x - size.w / 2), y: Math.round(at.flow.y - size.h / 2) } };
  };
  return {
    pulls: true,
    move: (to) => {
      const place = placeAt(to);
      board.lit.value = place !== null && "onEdge" in place ? `${place.onEdge.from} ${place.onEdge.index}` : null;
      overlay.target(place !== null && "after" in place ? (stage.boxOf(place.after) ?? null) : null, true);
      if (place === null) { overlay.clear(); return; }
      overlay.ghost({ x: to.flow.x - size.w / 2, y: to.flow.y - size.h / 2, ...size }, kind);
      overlay.note(refusal(board, kind, place) ?? say(words(kind, place)), to.flow);
    },
    end: (at) => {
      clear();
      const place = placeAt(at);
      if (place === null) return;
      const put = (): void => { bring(board, kind, place, { x: at.clientX, y: at.clientY }); };
      if (kind === "end") whenLetGo(put); // a menu opens
      else put();
    },
    cancel: clear,
  };
}

function words(kind: Kind, place: Place): "canvas.drop_edge" | "canvas.drop_after" | "canvas.drop_here" | "canvas.drop_beside" {
  if ("at" in place) return "canvas.drop_here";
  if (kind === "end") return "canvas.drop_beside";
  return "onEdge" in place ? "canvas.drop_edge" : "canvas.drop_after";
}

function isOver(host: HTMLElement | null, { clientX, clientY }: Point): boolean {
  const box = host?.getBoundingClientRect();
  return box !== undefined && clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
}
