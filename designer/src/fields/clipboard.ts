import { addField, clipOf, clipText, copied, linesOf, paste, pasteLines, type Pasted, setField } from "../model/index.ts";
import { say } from "../words/index.ts";
import { inOne } from "./edits.ts";
import type { Room } from "./room.ts";

/** These fields as text for the clipboard: pasted here, in another step or in another template. */
export function copyText({ session, node }: Room, ids: readonly string[]): string {
  const clip = copied(session.editor.draft.peek(), { kind: "fields", node, fields: ids });
  return clip === null ? "" : clipText(clip);
}

export async function copyFields(room: Room, ids: readonly string[]): Promise<boolean> {
  const isCopied = await writeClipboard(copyText(room, ids));
  room.session.tell(isCopied ? say("fields.copied", { count: ids.length }) : say("fields.no_clipboard"));
  return isCopied;
}

/** Nothing is taken away that is not on the clipboard. */
export async function cutFields(room: Room, ids: readonly string[]): Promise<void> {
  if (await copyFields(room, ids)) room.remove(ids);
}

export async function pasteFields(room: Room, index: number): Promise<void> {
  const text = await readClipboard();
  if (text === null) room.session.tell(say("fields.no_clipboard"));
  else pasteText(room, text, index);
}

/** Copied fields as they are; lines of anything else as a checklist. */
export function pasteText(room: Room, text: string, index: number): void {
  const { editor } = room.session;
  let pasted: Pasted | null = null;
  editor.edit((draft) => {
    const clip = clipOf(text);
    pasted = clip === null ? null : paste(draft, clip, { node: room.node, index });
    return pasted?.command ?? null;
  });
  const done = pasted as Pasted | null;
  if (done?.selection.kind === "fields") { room.choose(done.selection.fields); room.focus(done.selection.fields[0] ?? ""); return; }
  if (!pasteAsChecklist(room, text, index)) room.session.tell(say("fields.nothing_to_paste"));
}

const LEAST_LINES = 2;

function pasteAsChecklist(room: Room, text: string, index: number): boolean {
  const lines = text.trimStart().startsWith("{") ? [] : linesOf(text);
  if (lines.length < LEAST_LINES) return false;
  let id = "";
  room.session.editor.edit((draft) => inOne(draft, [
    (now) => { const added = addField(now, room.node, "checklist", index); id = added?.id ?? ""; return added?.command ?? null; },
    (now) => setField(now, room.node, id, ["items"], []),
    (now) => pasteLines(now, ["nodes", room.node, "fields", index, "items"], lines, 0),
  ]));
  room.show(id);
  room.session.tell(say("fields.pasted_lines", { count: lines.length }));
  return true;
}

async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // forbidden, or no https: the keys still work
  }
}

async function readClipboard(): Promise<string | null> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return null; // forbidden, or no https: the keys still work
  }
}
