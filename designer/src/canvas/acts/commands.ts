import type { Action } from "../../shell/actions.ts";
import { mayEdit, type Session } from "../../session.ts";
import { say } from "../../words/index.ts";
import { type Board, boardOf } from "../board.ts";
import { copying } from "./copying.ts";
import { move, openStep, remove, tidy } from "./edits.ts";
import { askActs, askKind, askTarget } from "./asking.ts";
import { fit, fitSelection, zoomBy, zoomTo } from "./views.ts";
import { type Direction, step } from "./walk.ts";

const NUDGE = 16;

/** Everything that can be done on the canvas by keys, for the shell to bind, to list and to find. */
export function canvasCommands(session: Session): readonly Action[] {
  const board = boardOf(session);
  return [...walking(board), ...making(board), ...changing(board), ...nudging(board), ...looking(board)];
}

/** The keys of the canvas are its own only while somebody is on it; from the palette everything can be asked for. */
function isHere({ host }: Board): boolean {
  const { activeElement: active } = document;
  if (host === null) return false;
  return active === null || active === document.body || host.contains(active) || active.closest("[data-canvas-keys], .palette") !== null;
}

function walking(board: Board): readonly Action[] {
  const directions: readonly (readonly [Direction, string])[] = [["down", "ArrowDown"], ["up", "ArrowUp"], ["left", "ArrowLeft"], ["right", "ArrowRight"]];
  return directions.map(([direction, key]) => ({
    id: `canvas-${direction}`, group: say("canvas.group_walk"), label: say(`canvas.walk_${direction}`), keys: [key],
    run: () => { walk(board, direction); }, isPossible: () => isHere(board) && isOnCanvas(board),
  }));
}

/** In the outline the arrow keys walk the outline. */
function isOnCanvas({ host }: Board): boolean {
  return host?.contains(document.activeElement) === true || document.activeElement === document.body;
}

function walk(board: Board, direction: Direction): void {
  const scene = board.scene.peek();
  const { selection } = board;
  if (selection.kind === "edge") { walkRoutes(board, selection.node, selection.index, direction); return; }
  const from = board.selected.at(-1);
  const next = from === undefined ? scene.graph.start : step(scene, from, direction);
  if (next !== null && scene.boxes.has(next)) board.goTo(next);
}

/** On a route: up and down to its ends, left and right to the routes beside it. */
function walkRoutes(board: Board, from: string, index: number, direction: Direction): void {
  const links = board.scene.peek().graph.out.get(from)?.filter(({ kind }) => kind !== "exit") ?? [];
  const at = links.findIndex((link) => link.index === index);
  if (direction === "up") { board.goTo(from); return; }
  if (direction === "down") { const to = links[at]?.to; if (to !== undefined) board.goTo(to); return; }
  const beside = links[(at + (direction === "left" ? links.length - 1 : 1)) % Math.max(1, links.length)];
  if (beside !== undefined) { board.select({ kind: "edge", node: from, index: beside.index }); board.say(say("canvas.said_route", { to: board.scene.peek().cards.get(beside.to)?.title ?? beside.to })); }
}

function firstRoute(board: Board): void {
  const [id] = board.selected;
  const link = board.scene.peek().graph.out.get(id ?? "")?.find(({ kind }) => kind !== "exit");
  if (id === undefined || link === undefined) return;
  board.select({ kind: "edge", node: id, index: link.index });
  board.focus(id);
  board.say(say("canvas.said_route", { to: board.scene.peek().cards.get(link.to)?.title ?? link.to }));
}

/** Nothing is selected any more: of a route first its node is, which the keyboard is on. */
function letGo(board: Board): void {
  const { selection } = board;
  if (selection.kind === "edge") { board.goTo(selection.node); return; }
  board.selectNodes([]);
  board.host?.focus({ preventScroll: true });
  board.say(say("canvas.said_let_go"));
}

type Acts = readonly (readonly [id: string, keys: readonly string[] | undefined, run: () => void, isPossible: () => boolean])[];

function grouped(group: string, acts: Acts, board: Board): readonly Action[] {
  return acts.map(([id, keys, run, isPossible]) => ({
    id: `canvas-${id}`, group, label: say(`canvas.act_${id}` as "canvas.act_open"), ...(keys === undefined ? {} : { keys }), run, isPossible: () => isHere(board) && isPossible(),
  }));
}

function making(board: Board): readonly Action[] {
  const one = (): boolean => board.selected.length === 1;
  const may = (): boolean => mayEdit(board.session);
  return grouped(say("canvas.group_edit"), [
    ["open", ["Enter"], () => { const [id] = board.selected; if (id !== undefined) openStep(board, id); }, one],
    ["rename", ["F2"], () => { board.renaming.value = board.selected[0] ?? null; }, () => one() && may()],
    ["add", ["N"], () => { askKind(board); }, may],
    ["connect", ["C"], () => { askTarget(board); }, () => may() && (one() || board.selection.kind === "edge")],
    ["route", ["E"], () => { firstRoute(board); }, one],
    ["menu", ["Shift+F10", "ContextMenu"], () => { askActs(board); }, () => true],
    ["let_go", ["Escape"], () => { letGo(board); }, () => isOnCanvas(board) && board.menu.peek() === null && board.selection.kind !== "template"],
  ], board);
}

function changing(board: Board): readonly Action[] {
  const some = (): boolean => board.selected.length > 0;
  const may = (): boolean => mayEdit(board.session);
  return grouped(say("canvas.group_edit"), [
    ["remove", ["Delete", "Backspace"], () => { remove(board); }, () => may() && board.selection.kind !== "template"],
    ["duplicate", ["Mod+D"], () => { copying(board, ({ duplicate }) => { duplicate(board); }); }, () => some() && may()],
    ["copy", ["Mod+C"], () => { copying(board, ({ copy }) => copy(board)); }, () => board.selection.kind !== "template"],
    ["cut", ["Mod+X"], () => { copying(board, ({ cut }) => cut(board)); }, () => some() && may()],
    ["paste", ["Mod+V"], () => { copying(board, ({ pasteFromSystem }) => pasteFromSystem(board)); }, may],
    ["select_all", ["Mod+A"], () => { board.selectNodes(board.scene.peek().order); }, () => true],
    ["tidy", ["Shift+L"], () => { tidy(board); }, may],
  ], board);
}

function nudging(board: Board): readonly Action[] {
  const ways: readonly (readonly [Direction, string, number, number])[] = [["up", "ArrowUp", 0, -1], ["down", "ArrowDown", 0, 1], ["left", "ArrowLeft", -1, 0], ["right", "ArrowRight", 1, 0]];
  return ways.map(([direction, key, x, y]) => ({
    id: `canvas-nudge-${direction}`, group: say("canvas.group_edit"), label: say(`canvas.nudge_${direction}`), keys: [`Alt+${key}`],
    run: () => { move(board, board.selected, { x: x * NUDGE, y: y * NUDGE }); }, isPossible: () => isHere(board) && mayEdit(board.session) && board.selected.length > 0,
  }));
}

function looking(board: Board): readonly Action[] {
  return grouped(say("canvas.group_view"), [
    ["zoom_in", ["+", "="], () => { zoomBy(board, 1); }, () => true],
    ["zoom_out", ["-"], () => { zoomBy(board, -1); }, () => true],
    ["fit", ["0"], () => { fit(board); }, () => true],
    ["full_size", ["1"], () => { zoomTo(board, 1); }, () => true],
    ["fit_selection", ["2"], () => { fitSelection(board); }, () => true],
  ], board);
}
