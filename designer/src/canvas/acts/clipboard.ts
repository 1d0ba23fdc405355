import { clipOf, clipText, copied, paste, type Spot } from "../../model/index.ts";
import { mayEdit } from "../../session.ts";
import { say } from "../../words/index.ts";
import type { Board } from "../board.ts";
import { visible } from "../view/viewport.ts";
import { remove } from "./edits.ts";

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
    pasted = paste(draft, clip, { onEdge, at: onEdge === undefined ? middleOf(board) : undefined, node: board.selected[0] });
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

function middleOf(board: Board): Spot {
  const { x, y, w, h } = visible(board.view.peek(), board.room.peek());
  return { x: Math.round(x + w / 2 - 120), y: Math.round(y + h / 3) };
}
