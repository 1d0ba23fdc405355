import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { idle } from "../later.ts";
import { mayEdit, type Session } from "../session.ts";
import { keysOf } from "../shell/actions.ts";
import { say } from "../words/index.ts";
import { clipboard, copying } from "./acts/copying.ts";
import { remove } from "./acts/edits.ts";
import { keepInSight } from "./acts/keeping.ts";
import { watchRenaming } from "./acts/renaming.ts";
import { flash, show } from "./acts/views.ts";
import { type Board, boardOf } from "./board.ts";
import { Controls } from "./controls.tsx";
import { Controller } from "./gestures/controller.ts";
import { CanvasMenus, Minimap } from "./parts.ts";
import { Stage } from "./view/stage.ts";

interface InSession {
  readonly session: Session;
}

/** The flow on a ground without end. Preact draws what stands around it; the flow itself is drawn by a `Stage`. */
export function Canvas({ session }: InSession): JSX.Element {
  const board = boardOf(session);
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => (host.current === null ? undefined : lively(board, host.current)), [board]);
  useEffect(() => revealing(board), [board]);
  return (
    <div class="canvas-room">
      <div class="canvas" ref={host} role="application" aria-label={say("canvas.name")} aria-describedby="canvas-keys" aria-roledescription={say("canvas.is")} tabIndex={-1} data-testid="canvas" />
      <p id="canvas-keys" class="unseen">{say("canvas.keys")}</p>
      <Hint board={board} />
      <Controls board={board} />
      <MapLater session={session} />
      <Menus board={board} />
      <Said board={board} />
    </div>
  );
}

/** Once the flow itself is there to be seen. */
function MapLater({ session }: InSession): JSX.Element | null {
  const [isTime, show] = useState(false);
  useEffect(() => { void idle().then(() => { show(true); }); }, []);
  return isTime ? <Minimap session={session} /> : null;
}

/** Alone, so that a menu draws nothing else. */
function Menus({ board }: { readonly board: Board }): JSX.Element | null {
  return board.menu.value === null ? null : <CanvasMenus board={board} />;
}

/** Alone, so that what is said draws nothing else. */
function Said({ board }: { readonly board: Board }): JSX.Element {
  return <p class="unseen" role="status" aria-live="polite" data-testid="canvas-said">{board.said.value}</p>;
}

/** An empty flow teaches how to begin. */
function Hint({ board }: { readonly board: Board }): JSX.Element | null {
  const count = board.scene.value.order.length;
  if (count > 2 || !mayEdit(board.session)) return null;
  return <p class="canvas-hint"><b>{say(count === 0 ? "canvas.empty" : "canvas.beginning")}</b><br />{say("canvas.how_to_add")}</p>;
}

/** Make `host` the canvas of this board; the answer undoes that. */
function lively(board: Board, host: HTMLElement): () => void {
  const stage = new Stage(board, host);
  const controller = new Controller({ board, stage });
  const stop = new AbortController();
  const measure = new ResizeObserver(([entry]) => {
    if (entry !== undefined) board.room.value = { w: entry.contentRect.width, h: entry.contentRect.height };
  });
  measure.observe(host);
  board.host = host;
  board.reveal = (id) => { show(board, id); };
  board.focus = (id) => { focusSoon(stage, id); };
  listen(board, host, stop.signal);
  const letGo = [keepInSight(board), watchRenaming(board)];
  return () => {
    stop.abort();
    measure.disconnect();
    for (const each of letGo) each();
    controller.close();
    stage.close();
    board.host = null;
    board.reveal = board.focus = () => undefined;
  };
}

/** A node that has just come into sight has its element after the next drawing. */
function focusSoon(stage: Stage, id: string): void {
  const focus = (tries: number): void => {
    if (stage.board.renaming.peek() !== null) return;
    const element = stage.element(id);
    if (element !== undefined) element.focus({ preventScroll: true });
    else if (tries > 0) requestAnimationFrame(() => { focus(tries - 1); });
  };
  focus(30);
}

const CLIPBOARD_KEYS: readonly string[] = ["Mod+C", "Mod+X", "Mod+V"];

function listen(board: Board, host: HTMLElement, signal: AbortSignal): void {
  // the browser's own copy, cut and paste need no permission: they follow the keys only when nobody takes those
  host.addEventListener("keydown", (event) => { if (CLIPBOARD_KEYS.includes(keysOf(event))) event.stopPropagation(); }, { signal });
  host.addEventListener("copy", (event) => { put(board, event, false); }, { signal });
  host.addEventListener("cut", (event) => { if (mayEdit(board.session) && put(board, event, true)) remove(board); }, { signal });
  host.addEventListener("paste", (event) => { take(board, event); }, { signal });
  host.addEventListener("focusin", ({ target }) => { arrive(board, target); }, { signal });
  host.addEventListener("scroll", () => { host.scrollTo(0, 0); }, { signal }); // browsers scroll to what has the focus, whatever is said
}

/** False: nothing is selected, or the copying goes on by itself. */
function put(board: Board, event: ClipboardEvent, isCut: boolean): boolean {
  if (isWriting(event)) return false;
  const here = clipboard.here();
  if (here === null) { event.preventDefault(); copying(board, ({ copy, cut }) => (isCut ? cut(board) : copy(board))); return false; }
  const text = here.copyText(board);
  if (text === null) return false;
  event.clipboardData?.setData("text/plain", text);
  event.preventDefault();
  return true;
}

function take(board: Board, event: ClipboardEvent): void {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (isWriting(event) || !text.trimStart().startsWith("{")) return;
  event.preventDefault();
  copying(board, ({ pasteText }) => pasteText(board, text));
}

function isWriting({ target }: Event): boolean {
  return target instanceof HTMLInputElement;
}

/** Tab onto the canvas selects the node that it comes to, unless a route is. */
function arrive(board: Board, target: EventTarget | null): void {
  const id = target instanceof HTMLElement ? target.dataset["node"] : undefined;
  if (id === undefined || board.selection.kind === "edge" || board.selected.includes(id)) return;
  if (target instanceof HTMLElement && target.matches(":focus-visible")) board.selectNodes([id]);
}

/** What is pointed out comes into sight and flashes once. */
function revealing(board: Board): () => void {
  return board.session.revealed.subscribe((revealed) => {
    const id = /^\/nodes\/([^/]+)/.exec(revealed?.pointer ?? "")?.[1];
    if (id === undefined) return;
    show(board, id);
    flash(board, id);
  });
}
