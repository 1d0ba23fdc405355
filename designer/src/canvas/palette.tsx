import type { JSX } from "preact";
import { mayEdit, type Session } from "../session.ts";
import { Icon } from "../shell/icon.tsx";
import { say } from "../words/index.ts";
import { bring } from "./acts/asking.ts";
import { type Board, boardOf, type Place } from "./board.ts";
import { type Kind, KIND_ICONS, KINDS } from "./flow/kinds.ts";

/** The kinds of nodes: drag one into the flow; pressed, it goes behind what is selected. */
export function Palette({ session }: { readonly session: Session }): JSX.Element {
  const board = boardOf(session);
  const isOff = !mayEdit(session);
  return (
    <div class="canvas-palette" role="toolbar" aria-orientation="vertical" aria-label={say("canvas.palette")} data-testid="kinds" onKeyDown={walk}>
      {KINDS.map((kind, index) => (
        <button key={kind} type="button" class="canvas-kind" data-kind={kind} data-testid={`palette-${kind}`} disabled={isOff} tabIndex={index === 0 ? 0 : -1}
          aria-label={say("canvas.add_kind", { kind: say(`canvas.kind_${kind}`) })} title={say(`canvas.about_${kind}`)}
          onPointerDown={(event) => { drag(board, kind, event); }} onClick={({ currentTarget }) => { bring(board, kind, behind(board), besideOf(currentTarget)); }}>
          <Icon name={KIND_ICONS[kind]} /><span>{say(`canvas.kind_${kind}`)}</span>
        </button>
      ))}
    </div>
  );
}

/** Behind what is selected, in the selected route, else at the end of the flow. */
function behind(board: Board): Place {
  const { selection } = board;
  if (selection.kind === "edge") return { onEdge: { from: selection.node, index: selection.index } };
  const { order, graph } = board.scene.peek();
  const after = board.selected.at(-1) ?? order.findLast((id) => graph.out.get(id) === undefined);
  return after === undefined ? { at: { x: 0, y: 0 } } : { after };
}

function besideOf(button: Element): { readonly x: number; readonly y: number } {
  const { right, top } = button.getBoundingClientRect();
  return { x: right + 4, y: top };
}

/** A press that moves is a drag; the click that follows it is none. */
function drag(board: Board, kind: Kind, event: PointerEvent): void {
  if (event.button !== 0) return;
  const button = event.currentTarget as HTMLElement;
  const stop = new AbortController();
  button.releasePointerCapture(event.pointerId); // touch: the canvas is under the finger, not the button
  const moved = (to: PointerEvent): void => {
    if (Math.hypot(to.clientX - event.clientX, to.clientY - event.clientY) < 6) return;
    stop.abort();
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => { removeEventListener("click", swallow, { capture: true }); }, 5_000);
    board.dragNew(kind, to);
  };
  addEventListener("pointermove", moved, { signal: stop.signal });
  addEventListener("pointerup", () => { stop.abort(); }, { signal: stop.signal });
}

function swallow(event: Event): void {
  if (event.target instanceof Element && event.target.closest(".canvas-palette") !== null) { event.preventDefault(); event.stopPropagation(); }
}

function walk(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (by === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const now = buttons.findIndex((button) => button === document.activeElement);
  buttons[(now + by + buttons.length) % buttons.length]?.focus();
}
