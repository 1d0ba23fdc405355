import type { Room } from "./room.ts";

const NODES = "[data-testid^='node-'], [data-testid^='outline-']";

/** The other step under the pointer, on the canvas or in the outline; null where none is. */
export function targetAt({ session, node }: Room, x: number, y: number): string | null {
  const shown = document.elementFromPoint(x, y)?.closest<HTMLElement>(NODES);
  const id = shown?.dataset["testid"]?.replace(/^(node|outline)-/, "") ?? "";
  return id !== node && session.editor.draft.peek().template.nodes[id]?.kind === "step" ? id : null;
}
