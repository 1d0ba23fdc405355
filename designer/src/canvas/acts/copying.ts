import { later } from "../../later.ts";
import { say } from "../../words/index.ts";
import type { Board } from "../board.ts";
import type * as own from "./clipboard.ts";

type Copying = typeof own;

/** Copy, paste and duplicate; kept ready. */
export const clipboard = later<Copying>(async () => await import("./clipboard.ts"));

/** Do this with it. */
export function copying(board: Board, act: (clipboard: Copying) => unknown): void {
  const here = clipboard.here();
  if (here !== null) { act(here); return; }
  clipboard.get().then(act, () => { board.session.tell(say("shell.not_fetched")); });
}
