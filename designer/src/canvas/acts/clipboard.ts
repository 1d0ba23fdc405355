import { clipOf, clipText, copied, duplicateNodes, paste, type Spot } from "../../model/index.ts";
import { mayEdit } from "../../session.ts";
import { say } from "../../words/index.ts";
import type { Board } from "../board.ts";
import { SIZES } from "../flow/kinds.ts";
import { type Box, overlap } from "../layout/place.ts";
import { visible } from "../view/viewport.ts";
import { edit, remove } from "./edits.ts";

/** What is selected, as text for the system's clipboard; null when nothing is. */
export function copyText(board: Board): string | null {
  const clip = copied(board.session.editor.draft.peek(), board.selection);
  if (clip === null) return null;
  board.session.tell(say("canvas.said_copied", { count: Math.max(1, board.selected.length) }));
  return clipText(clip);
}

export async function copy(board: Board): Promise<void> {
  const text = copyText(board);
  if (text !== null) await navigator.clipboard.writeText(text);
}

export async function cut(board: Board): Promise<void> {
  await copy(board);
  remove(board);
}

export async function pasteFromSystem(board: Board): Promise<void> {
  try {
    pasteText(board, await navigator.clipboard.readText());
  } catch {
    board.session.tell(say("canvas.paste_by_key")); // the browser lets nobody read the clipboard without being asked
  }
}

/** Put in what was copied, here or in another template. False when the text is nothing of ours. */
export function pasteText(board: Board, text: string): boolean {
  const clip = clipOf(text);
  if (clip === null || !mayEdit(board.session)) return false;
  const { editor } = board.session;
  const { selection } = board;
  const onEdge = selection.kind === "edge" ? { from: selection.node, index: selection.index } : undefined;
  let pasted: ReturnType<typeof paste> = null;
  editor.edit((draft) => {
    pasted = paste(draft, clip, { onEdge, at: onEdge === undefined ? freeSpot(board) : undefined, node: board.selected[0] });
    return pasted?.command ?? null;
  });
  return arrive(board, pasted);
}

function arrive(board: Board, pasted: ReturnType<typeof paste>): boolean {
  if (pasted === null) return false;
  board.select(pasted.selection);
  const [first] = pasted.ids;
  if (pasted.selection.kind === "nodes" && first !== undefined) { board.reveal(first); board.focus(first); }
  board.say(say("canvas.said_pasted", { count: pasted.ids.length }));
  return true;
}

/** The same once more. */
export function duplicate(board: Board): void {
  const ids = board.selected;
  let made: readonly string[] = [];
  const done = edit(board, (draft) => {
    const answer = duplicateNodes(draft, ids);
    made = answer?.ids ?? [];
    return answer?.command ?? null;
  });
  if (!done) return;
  board.selectNodes(made);
  if (made[0] !== undefined) { board.reveal(made[0]); board.focus(made[0]); }
  board.say(say("canvas.said_duplicated", { count: made.length }));
}

/** Beside what is selected, else in the middle of what is seen; to the right until it is free. */
function freeSpot(board: Board): Spot {
  const { boxes } = board.scene.peek();
  const beside = boxes.get(board.selected.at(-1) ?? "");
  const { x, y, w, h } = visible(board.view.peek(), board.room.peek());
  const spot = { x: Math.round(beside === undefined ? x + w / 2 - SIZES.step.w / 2 : beside.x + beside.w + 48), y: Math.round(beside?.y ?? y + h / 3), ...SIZES.step };
  for (let taken = inTheWay(boxes, spot); taken !== undefined; taken = inTheWay(boxes, spot)) spot.x = taken.x + taken.w + 48;
  return { x: spot.x, y: spot.y };
}

function inTheWay(boxes: ReadonlyMap<string, Box>, spot: Box): Box | undefined {
  return [...boxes.values()].find((box) => overlap(box, spot, 8));
}
