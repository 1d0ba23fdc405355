import { effect } from "@preact/signals";
import type { Board } from "../board.ts";
import { around, type Box, overlap } from "../layout/place.ts";
import { revealed, type Room, visible } from "../view/viewport.ts";
import { glide, goal } from "./views.ts";

/** What one works at stays in sight: when something opens beside the canvas, and when an order that is tried goes on. Moved as little as needed. */
export function keepInSight(board: Board): () => void {
  let before = board.room.peek();
  let open = "";
  const stops = [
    effect(() => {
      const room = board.room.value;
      const box = anchor(board);
      if ((room.w < before.w || room.h < before.h) && box !== null && overlap(box, visible(goal(board), before))) bringBack(board, box, room);
      before = room;
    }),
    effect(() => {
      const track = board.session.track.value;
      const now = track?.open.join(" ") ?? "";
      const box = now === open ? null : boxOf(board, track?.open ?? []);
      open = now;
      if (box !== null) bringBack(board, box, board.room.peek());
    }),
  ];
  return () => { for (const stop of stops) stop(); };
}

function bringBack(board: Board, box: Box, room: Room): void {
  const view = goal(board);
  const next = revealed(view, box, room, Math.min(24, room.w / 8));
  if (next.x !== view.x || next.y !== view.y) glide(board, next);
}

/** The step that an order that is tried has come to, else what is selected. */
function anchor(board: Board): Box | null {
  const { track, editor } = board.session;
  const selection = editor.selection.peek();
  const open = boxOf(board, track.peek()?.open ?? []);
  if (open !== null || selection.kind === "template") return open;
  if (selection.kind === "edge") return boxOf(board, [selection.node]);
  return boxOf(board, selection.kind === "nodes" ? selection.nodes.slice(-1) : [selection.node]);
}

function boxOf(board: Board, ids: readonly string[]): Box | null {
  const { boxes } = board.scene.peek();
  return around(ids.slice(0, 1).flatMap((id) => boxes.get(id) ?? []));
}
