import { effect } from "@preact/signals";
import { type Command, type Draft, LASTING, setNode, type Words } from "../../model/index.ts";
import { tongueFor } from "../../model/tongues.ts";
import { language, say } from "../../words/index.ts";
import type { Board } from "../board.ts";
import { titleOf } from "../flow/card.ts";
import { edit } from "./edits.ts";

/** A title that is being written on its card. Every letter is in the draft at once, and so is kept whatever happens; all of it is one edit. */
interface Writing {
  readonly id: string;
  readonly before: Words | undefined;
  readonly shown: string;
  readonly burst: string;
}

const writings = new WeakMap<Board, Writing>();
let count = 0;

/** From here on the title of this node is written; what it was before can be had back. */
export function beginRename(board: Board, id: string): void {
  const node = board.session.editor.draft.peek().template.nodes[id];
  if (node !== undefined) writings.set(board, { id, before: node.title, shown: titleOf(id, node), burst: `${LASTING}rename ${count += 1}` });
}

export function writeTitle(board: Board, id: string, text: string): void {
  const writing = writings.get(board);
  if (writing?.id === id) edit(board, (draft) => written(draft, writing, text.trim()));
}

/** Nothing written, or what was shown: as it was before. */
function written(draft: Draft, { id, before, shown, burst }: Writing, title: string): Command | null {
  const made = title === "" || title === shown ? setNode(draft, id, ["title"], before) : setNode(draft, id, ["title", tongueFor(draft.template, language.peek())], title);
  return made === null ? null : { ...made, burst };
}

export function endRename(board: Board, id: string, text: string): void {
  if (board.renaming.peek() !== id) return;
  if (board.session.editor.draft.peek().template.nodes[id] === undefined) { gone(board, id, text.trim()); return; }
  writeTitle(board, id, text);
  leave(board, id);
}

/** By Escape alone. */
export function giveUpRename(board: Board, id: string): void {
  writeTitle(board, id, "");
  leave(board, id);
}

function leave(board: Board, id: string): void {
  writings.delete(board);
  board.renaming.value = null;
  board.focus(id);
}

/** When somebody else takes a node away while its title is written, that is said. */
export function watchRenaming(board: Board): () => void {
  const { editor } = board.session;
  let title = "";
  return effect(() => {
    const { nodes } = editor.draft.value.template;
    const id = board.renaming.value;
    const node = nodes[id ?? ""];
    if (id === null) return;
    if (node === undefined) gone(board, id, title);
    else title = titleOf(id, node);
  });
}

/** Under another name everything that was written is there. */
function gone(board: Board, id: string, title: string): void {
  const { editor, tell } = board.session;
  board.renaming.value = null;
  if (!editor.renames.peek().some((rename) => rename.node === null && rename.from === id)) tell(say("canvas.renamed_gone", { title }));
}
