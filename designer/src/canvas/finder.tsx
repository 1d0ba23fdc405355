import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Spot } from "../model/index.ts";
import { Icon } from "../shell/icon.tsx";
import { say } from "../words/index.ts";
import type { Board, MenuAsked } from "./board.ts";
import { KIND_ICONS } from "./flow/kinds.ts";

interface FinderProps {
  readonly board: Board;
  readonly asked: Extract<MenuAsked, { kind: "target" }>;
  readonly onClose: () => void;
}

/** Choose a node from a list by typing a part of its name. What cannot be chosen says why. */
export function Finder({ board, asked, onClose }: FinderProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [text, type] = useState("");
  const [at, goTo] = useState(0);
  const { order, cards } = board.scene.value;
  const fitting = order.filter((id) => `${cards.get(id)?.title ?? ""} ${id}`.toLowerCase().includes(text.trim().toLowerCase()));
  const shown = [...fitting.filter((id) => asked.refuse(id) === null), ...fitting.filter((id) => asked.refuse(id) !== null)];
  useLayoutEffect(() => { openAt(box.current, asked.at, onClose); }, []); // at once: what is typed next is typed here
  const take = (id: string | undefined): void => { if (id !== undefined && asked.refuse(id) === null) { onClose(); asked.pick(id); } };
  return (
    <div class="menu canvas-finder" popover="auto" ref={box} role="dialog" aria-label={say("canvas.choose_target")} data-testid="finder">
      <input class="input" role="combobox" aria-expanded="true" aria-controls="canvas-found" aria-activedescendant={`canvas-found-${at}`} aria-label={say("canvas.choose_target")}
        placeholder={say("canvas.choose_target")} value={text} data-testid="finder-input"
        onInput={({ currentTarget }) => { type(currentTarget.value); goTo(0); }}
        onKeyDown={(event) => {
          event.stopPropagation();
          const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (by !== undefined) { event.preventDefault(); goTo(Math.max(0, Math.min(shown.length - 1, at + by))); }
          if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); take(shown[at]); }
        }} />
      <ul id="canvas-found" role="listbox" aria-label={say("canvas.choose_target")}>
        {shown.map((id, index) => <Found key={id} board={board} id={id} why={asked.refuse(id)} index={index} isAt={index === at} onTake={take} />)}
      </ul>
    </div>
  );
}

function Found({ board, id, why, index, isAt, onTake }: { readonly board: Board; readonly id: string; readonly why: string | null; readonly index: number; readonly isAt: boolean; readonly onTake: (id: string) => void }): JSX.Element {
  const card = board.scene.value.cards.get(id);
  return (
    <li id={`canvas-found-${index}`} role="option" aria-selected={isAt} aria-disabled={why !== null} data-testid={`target-${id}`} onClick={() => { onTake(id); }}
      ref={(item) => { if (isAt) item?.scrollIntoView({ block: "nearest" }); }}>
      <Icon name={KIND_ICONS[card?.node.kind ?? "step"]} /><span>{card?.title ?? id}</span>{why === null ? null : <span class="quiet">{why}</span>}
    </li>
  );
}

/** Show it there, as far as it can be seen, and give its text the keyboard. A finger types when it wants to: the keys on the screen would hide the list. */
export function openAt(box: HTMLDivElement | null, { x, y }: Spot, onClose: () => void): void {
  if (box === null) return;
  box.showPopover();
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  box.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
  if (!matchMedia("(pointer: coarse)").matches) box.querySelector("input")?.focus();
  box.addEventListener("toggle", (event) => { if (event.newState === "closed") onClose(); });
}
