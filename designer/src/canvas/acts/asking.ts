import type { Spot } from "../../model/index.ts";
import type { Board, Place } from "../board.ts";
import { toScreen } from "../view/viewport.ts";
import type { Kind } from "../flow/kinds.ts";
import { catchTyping } from "./catching.ts";
import { whyNotConnect } from "./connecting.ts";
import { add, end, join, lead, refusal } from "./edits.ts";

/** A menu of kinds: for a node after the selected one, in the selected route, or, when nothing is selected, after the last. */
export function askKind(board: Board): void {
  const { selection } = board;
  const after = board.selected.at(-1) ?? board.scene.peek().order.find((id) => board.scene.peek().graph.out.get(id) === undefined);
  const place: Place = selection.kind === "edge" ? { onEdge: { from: selection.node, index: selection.index } } : after === undefined ? { at: { x: 0, y: 0 } } : { after };
  const typed = catchTyping(() => { board.menu.value = null; });
  board.menu.value = { kind: "add", at: besideSelection(board), place, typed };
}

/** Put something of this kind there. Of an end, how the order ends is chosen first. */
export function bring(board: Board, kind: Kind, place: Place, at: Spot, title = ""): void {
  if (kind !== "end" || refusal(board, kind, place) !== null) { add(board, kind, place, { title }); return; }
  board.menu.value = { kind: "outcome", at, pick: (outcome) => { add(board, kind, place, { title, outcome }); } };
}

/** How orders end at an end that is there. */
export function askOutcome(board: Board, id: string): void {
  board.menu.value = { kind: "outcome", at: besideSelection(board), pick: (outcome) => { end(board, id, outcome); } };
}

/** A list of nodes: where a new route, or the selected one, leads. */
export function askTarget(board: Board): void {
  const { selection } = board;
  if (selection.kind === "edge") {
    const { node, index } = selection;
    board.menu.value = { kind: "target", at: besideSelection(board), pick: (to) => { lead(board, node, index, to); }, refuse: () => null };
    return;
  }
  const [from] = board.selected;
  if (from === undefined) return;
  const draft = board.session.editor.draft.peek();
  board.menu.value = { kind: "target", at: besideSelection(board), pick: (to) => { join(board, from, to); }, refuse: (to) => whyNotConnect(draft, from, to) };
}

export function askActs(board: Board, at: Spot = besideSelection(board)): void {
  board.menu.value = { kind: "acts", at };
}

/** In the window, beside what is selected; in the canvas's middle when that is out of sight. */
function besideSelection(board: Board): Spot {
  const { left, top, width, height } = board.host?.getBoundingClientRect() ?? new DOMRect();
  const { selection } = board;
  const scene = board.scene.peek();
  const box = scene.boxes.get(board.selected.at(-1) ?? "");
  const spot = selection.kind === "edge" ? scene.wires.get(`${selection.node} ${selection.index}`)?.tag : box === undefined ? undefined : { x: box.x + box.w * 0.6, y: box.y + box.h };
  const at = spot === undefined ? { x: width / 2, y: height / 3 } : toScreen(board.view.peek(), spot);
  return { x: left + Math.max(20, Math.min(width - 220, at.x)), y: top + Math.max(20, Math.min(height - 40, at.y + 8)) };
}
