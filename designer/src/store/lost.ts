import { Refused } from "../api/client.ts";
import type { Command, Draft, Editor } from "../model/index.ts";
import { same } from "../model/merge/same.ts";
import type { Kept } from "./journal.ts";
import type { DraftServer, Standing } from "./server.ts";

/**
 * What both a row that was left behind and the server's draft come from. A save that was never answered is repeated, if it can not be stored by that
 * any more: the server then says whether it has it. What a tab sent off while it went, and had no time to write down, is newer than its row.
 */
export async function commonGround({ base, sent, session, revision, draft }: Kept, standing: Standing, server: DraftServer): Promise<Draft> {
  if (same(draft, standing.draft)) return draft;
  if (standing.revision === revision) return base;
  if (sent === null) return standing.session === session ? draft : base;
  if (same(sent, standing.draft)) return sent;
  try {
    return (await server.save({ revision, draft: base, savedAt: 0 }, sent, session)).kind === "saved" ? sent : base;
  } catch (failure) {
    if (failure instanceof Refused) return base; // it was never taken
    throw failure;
  }
}

/** Put edits that were found into the open draft, as one edit that can be undone. False when they are there already. */
export function bringIn(editor: Editor, merged: Draft): boolean {
  const present = editor.draft.peek();
  if (same(merged, present)) return false;
  editor.edit(() => replacing(present, merged));
  return true;
}

function replacing(before: Draft, after: Draft): Command {
  return { label: { key: "store.bring_in" }, burst: null, apply: () => after, revert: () => before };
}
