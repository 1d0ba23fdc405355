import type { JSX } from "preact";
import { Menu, type MenuItem } from "../shell/menu.tsx";
import { read, say } from "../words/index.ts";
import { OUTCOMES, outcomeWords } from "../model/index.ts";
import { actsOn } from "./acts/items.ts";
import { Adder } from "./adder.tsx";
import type { Board, MenuAsked } from "./board.ts";
import { Finder } from "./finder.tsx";

/** The menu that was asked for. Closed, the keyboard goes back to what is selected. */
export function CanvasMenus({ board }: { readonly board: Board }): JSX.Element | null {
  const asked = board.menu.value;
  if (asked === null) return null;
  const close = (): void => {
    if (board.menu.peek() !== asked) return;
    board.menu.value = null;
    const [id] = board.selected;
    if (id !== undefined && board.renaming.peek() === null) board.focus(id);
    else if (board.renaming.peek() === null) board.host?.focus({ preventScroll: true });
  };
  return <Asked key={turnOf(asked)} board={board} asked={asked} onClose={close} />;
}

const turns = new WeakMap<MenuAsked, number>();
let turn = 0;

/** Whatever is asked for anew is a menu of its own, also at the same place. */
function turnOf(asked: MenuAsked): number {
  const known = turns.get(asked) ?? (turn += 1);
  turns.set(asked, known);
  return known;
}

function Asked({ board, asked, onClose }: { readonly board: Board; readonly asked: MenuAsked; readonly onClose: () => void }): JSX.Element {
  if (asked.kind === "target") return <Finder board={board} asked={asked} onClose={onClose} />;
  if (asked.kind === "add") return <Adder board={board} asked={asked} onClose={onClose} />;
  if (asked.kind === "outcome") return <Menu label={say("canvas.ask_outcome")} at={asked.at} onClose={onClose} items={outcomes(board, asked)}><p class="menu-lead" aria-hidden="true">{say("canvas.ask_outcome")}</p></Menu>;
  return <Menu label={say("canvas.act_menu")} at={asked.at} onClose={onClose} items={actsOn(board)} />;
}

/** Those that every company has, and those that this template has already. */
function outcomes(board: Board, { pick }: Extract<MenuAsked, { kind: "outcome" }>): readonly MenuItem[] {
  const own = Object.values(board.session.editor.draft.peek().template.nodes).flatMap((node) => (node.kind === "end" ? [node.outcome] : []));
  return [...new Set([...Object.keys(OUTCOMES), ...own])].map((outcome) => ({
    label: read(outcomeWords(outcome)), icon: "end", testid: `outcome-${outcome}`, run: () => { pick(outcome); },
  }));
}
