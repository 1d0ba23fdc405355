import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shell/icon.tsx";
import { say } from "../words/index.ts";
import { bring } from "./acts/asking.ts";
import { refusal } from "./acts/edits.ts";
import type { Board, MenuAsked } from "./board.ts";
import { openAt } from "./finder.tsx";
import { type Kind, KIND_ICONS, KINDS } from "./flow/kinds.ts";

interface AdderProps {
  readonly board: Board;
  readonly asked: Extract<MenuAsked, { kind: "add" }>;
  readonly onClose: () => void;
}

/** Something new: its title is typed at once, its kind is a step unless another is chosen. */
export function Adder({ board, asked, onClose }: AdderProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [text, type] = useState("");
  const [at, goTo] = useState(0);
  const take = (kind: Kind | undefined, title: string): void => {
    if (kind === undefined || refusal(board, kind, asked.place) !== null) return;
    onClose();
    bring(board, kind, asked.place, asked.at, title);
  };
  useLayoutEffect(() => {
    openAt(box.current, asked.at, onClose);
    const typed = asked.typed?.();
    if (typed === undefined) return;
    type(typed.text);
    if (typed.isDone) take("step", typed.text);
  }, []); // at once: what is typed next is typed here
  return (
    <div class="menu canvas-finder" popover="auto" ref={box} role="dialog" aria-label={say("canvas.add_here")} data-testid="adder">
      <input class="input" role="combobox" aria-expanded="true" aria-controls="canvas-kinds" aria-activedescendant={`canvas-kind-${at}`} aria-label={say("canvas.new_title")}
        placeholder={say("canvas.new_title")} value={text} autocomplete="off" data-testid="adder-title"
        onInput={({ currentTarget }) => { type(currentTarget.value); }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.isComposing) return;
          const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (by !== undefined) { event.preventDefault(); goTo((at + by + KINDS.length) % KINDS.length); }
          if (event.key === "Enter") { event.preventDefault(); take(KINDS[at], event.currentTarget.value); }
        }} />
      <ul id="canvas-kinds" role="listbox" aria-label={say("canvas.palette")}>
        {KINDS.map((kind, index) => <Offer key={kind} kind={kind} why={refusal(board, kind, asked.place)} index={index} isAt={index === at} onTake={() => { take(kind, text); }} />)}
      </ul>
    </div>
  );
}

function Offer({ kind, why, index, isAt, onTake }: { readonly kind: Kind; readonly why: string | null; readonly index: number; readonly isAt: boolean; readonly onTake: () => void }): JSX.Element {
  return (
    <li id={`canvas-kind-${index}`} role="option" aria-selected={isAt} aria-disabled={why !== null} data-testid={`add-${kind}`} title={say(`canvas.about_${kind}`)} onClick={onTake}>
      <Icon name={KIND_ICONS[kind]} /><span>{say(`canvas.kind_${kind}`)}</span>{why === null ? null : <span class="quiet">{why}</span>}
    </li>
  );
}
