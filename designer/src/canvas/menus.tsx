import type { JSX } from "preact";
import { mayEdit } from "../session.ts";
import { Menu, type MenuItem } from "../shell/menu.tsx";
import { say } from "../words/index.ts";
import { actsOn } from "./acts/items.ts";
import { add } from "./acts/edits.ts";
import type { Board, MenuAsked } from "./board.ts";
import { Finder } from "./finder.tsx";
import { KIND_ICONS, KINDS } from "./flow/kinds.ts";

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
  const { x, y } = asked.at;
  return <Asked key={`${asked.kind} ${x} ${y}`} board={board} asked={asked} onClose={close} />;
}

function Asked({ board, asked, onClose }: { readonly board: Board; readonly asked: MenuAsked; readonly onClose: () => void }): JSX.Element {
  if (asked.kind === "target") return <Finder board={board} asked={asked} onClose={onClose} />;
  if (asked.kind === "add") return <Menu label={say("canvas.add_here")} at={asked.at} onClose={onClose} items={kindItems(board, asked)} />;
  return <Menu label={say("canvas.act_menu")} at={asked.at} onClose={onClose} items={actsOn(board)} />;
}

function kindItems(board: Board, { place }: Extract<MenuAsked, { kind: "add" }>): readonly MenuItem[] {
  return KINDS.map((kind) => ({
    label: say(`canvas.kind_${kind}`), icon: KIND_ICONS[kind], testid: `add-${kind}`, disabled: !mayEdit(board.session), run: () => { add(board, kind, place); },
  }));
}
