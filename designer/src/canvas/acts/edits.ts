import { batch } from "@preact/signals";
import { addNode, clearLayout, type Command, connect, convertNode, type Draft, joined, moveEdge, moveNodes, reconnect, removeEdge, removeNodes, routesOf, setEdge, setNode, setOutcome, setStart, type Spot } from "../../model/index.ts";
import { tongueFor } from "../../model/tongues.ts";
import { mayEdit } from "../../session.ts";
import { language, say } from "../../words/index.ts";
import type { Board, Place } from "../board.ts";
import { titleOf } from "../flow/card.ts";
import type { Kind } from "../flow/kinds.ts";
import { branched, onwardOf } from "./branching.ts";
import { newRoute, whyNotAdd, whyNotConnect } from "./connecting.ts";

/** What people do on the canvas. Each is one edit that can be undone, and is told to those who do not see it. */

export function edit(board: Board, make: (draft: Draft) => Command | null): boolean {
  if (!mayEdit(board.session)) return false;
  const before = board.session.editor.draft.peek();
  board.session.editor.edit(make);
  return board.session.editor.draft.peek() !== before;
}

export function nameOf(board: Board, id: string): string {
  const node = board.session.editor.draft.peek().template.nodes[id];
  return node === undefined ? id : titleOf(id, node);
}

/** What a new node is called, and how orders end there. */
export interface Said {
  readonly title?: string;
  readonly outcome?: string;
}

/** Put a new node there and select it. It is called as was said; else its title can be written at once. */
export function add(board: Board, kind: Kind, place: Place, { title = "", outcome }: Said = {}): string | null {
  const now = board.session.editor.draft.peek();
  const to = whereto(now, place);
  if (isRefused(board, whyNotAdd(now, kind, to))) return null;
  const branch = onwardOf(now, kind, to);
  const { command, id: added } = branch === null ? addNode(now, kind, { ...to, outcome }) : branched(now, kind, branch.from, branch.onward);
  const named = title.trim() === "" ? null : setNode(command.apply(now), added, ["title", tongueFor(now.template, language.peek())], title.trim());
  if (!edit(board, () => (named === null ? command : joined(command, named)))) return null;
  batch(() => {
    board.goTo(added);
    if (kind === "step") board.session.open.value = added;
    if (named === null) board.renaming.value = added;
  });
  const from = "onEdge" in to ? to.onEdge.from : "after" in to ? to.after : "";
  if (kind === "end" && routesOf(now.template.nodes[from]).some((edge) => edge.rework !== true)) board.session.tell(say("canvas.end_beside"));
  board.say(say("canvas.said_added", { kind: say(`canvas.kind_${kind}`) }));
  return added;
}

/** Why a node of this kind cannot be put there; null when it can. */
export function refusal(board: Board, kind: Kind, place: Place): string | null {
  const draft = board.session.editor.draft.peek();
  return whyNotAdd(draft, kind, whereto(draft, place));
}

/** Said where it is seen and where it is heard. */
function isRefused(board: Board, why: string | null): boolean {
  if (why === null) return false;
  board.say(why);
  board.session.tell(why);
  return true;
}

/** Nothing comes after an end: a new node goes before it. */
function whereto({ template }: Draft, place: Place): Place {
  if (!("after" in place) || template.nodes[place.after]?.kind !== "end") return place;
  for (const [from, node] of Object.entries(template.nodes)) {
    const index = "next" in node ? node.next.findIndex(({ to, rework }) => to === place.after && rework !== true) : -1;
    if (index >= 0) return { onEdge: { from, index } };
  }
  return place;
}

/** Take away what is selected. The keyboard goes to what came before it. */
export function remove(board: Board): void {
  const { selection } = board;
  if (selection.kind === "edge") { removeRoute(board, selection.node, selection.index); return; }
  const ids = board.selected;
  const before = board.scene.peek().graph.into.get(ids[0] ?? "")?.find(({ from }) => !ids.includes(from))?.from;
  if (ids.length === 0 || !edit(board, (draft) => removeNodes(draft, ids))) return;
  const { open } = board.session;
  const isThere = (id: string | null | undefined): id is string => typeof id === "string" && board.session.editor.draft.peek().template.nodes[id] !== undefined;
  if (!isThere(open.peek())) open.value = null;
  if (isThere(before)) board.goTo(before);
  else { board.selectNodes([]); board.host?.focus({ preventScroll: true }); }
  board.say(say("canvas.said_removed", { count: ids.length }));
}

export function removeRoute(board: Board, from: string, index: number): void {
  if (!edit(board, (draft) => removeEdge(draft, from, index))) return;
  board.goTo(from);
  board.say(say("canvas.said_route_removed"));
}

/** Join two nodes; backwards this is rework. What cannot be is refused with the reason. */
export function join(board: Board, from: string, to: string): boolean {
  const draft = board.session.editor.draft.peek();
  const why = whyNotConnect(draft, from, to);
  if (isRefused(board, why)) return false;
  const rework = newRoute(draft, from, to) === "rework";
  if (!edit(board, (now) => connect(now, from, to, { rework }))) return false;
  const routes = board.session.editor.draft.peek().template.nodes[from];
  const index = routes !== undefined && "next" in routes ? routes.next.findLastIndex((edge) => edge.to === to && (edge.rework === true) === rework) : -1;
  if (index >= 0) board.select({ kind: "edge", node: from, index });
  board.say(say(rework ? "canvas.said_rework" : "canvas.said_connected", { from: nameOf(board, from), to: nameOf(board, to) }));
  return true;
}

/** Lead a route elsewhere. */
export function lead(board: Board, from: string, index: number, to: string): boolean {
  const done = edit(board, (draft) => reconnect(draft, from, index, to));
  if (done) board.say(say("canvas.said_connected", { from: nameOf(board, from), to: nameOf(board, to) }));
  return done;
}

export function tryEarlier(board: Board, from: string, index: number, by: -1 | 1): void {
  if (edit(board, (draft) => moveEdge(draft, from, index, index + by))) board.select({ kind: "edge", node: from, index: index + by });
}

export function toggleRework(board: Board, from: string, index: number, isRework: boolean): void {
  edit(board, (draft) => setEdge(draft, from, index, ["rework"], isRework ? true : undefined));
}

/** Place nodes by hand, `by` so much from where they stand. */
export function move(board: Board, ids: readonly string[], by: Spot): void {
  const { boxes } = board.scene.peek();
  const spots: Record<string, Spot> = {};
  for (const id of ids) {
    const box = boxes.get(id);
    if (box !== undefined) spots[id] = { x: Math.round(box.x + by.x), y: Math.round(box.y + by.y) };
  }
  if (edit(board, (draft) => moveNodes(draft, spots))) board.say(say("canvas.said_moved", { count: Object.keys(spots).length }));
}

/** Let the layout place them again: those that are selected, else all. */
export function tidy(board: Board): void {
  const ids = board.selected.length > 1 ? board.selected : undefined;
  edit(board, (draft) => (ids === undefined ? clearLayout(draft) : clearLayout(draft, ids)));
  board.say(say("canvas.said_tidied"));
}

export function convert(board: Board, id: string, kind: Kind): void {
  edit(board, (draft) => convertNode(draft, id, kind));
}

/** How orders end there. */
export function end(board: Board, id: string, outcome: string): void {
  edit(board, (draft) => setOutcome(draft, id, outcome));
}

export function beginHere(board: Board, id: string): void {
  edit(board, (draft) => setStart(draft, id));
}

/** Open a step's fields. */
export function openStep(board: Board, id: string): void {
  board.selectNodes([id]);
  if (board.session.editor.draft.peek().template.nodes[id]?.kind === "step") {
    board.session.open.value = id;
    board.session.reveal(`/nodes/${id}`);
  } else if (mayEdit(board.session)) board.renaming.value = id;
}
