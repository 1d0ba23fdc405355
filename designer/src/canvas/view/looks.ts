import { routesOf, type Selection } from "../../model/index.ts";
import type { Board } from "../board.ts";
import { beginRename, endRename, giveUpRename, writeTitle } from "../acts/renaming.ts";
import type { Look } from "./node_layer.ts";
import type { Wire } from "./scene.ts";

/** How a node looks now: selected, open, on the way of a run, flashing, held by somebody else. */
export function lookOf(board: Board, id: string, takesTab: boolean): Look {
  const { session, selection } = board;
  const isSelected = board.selected.includes(id);
  const classes = [
    isSelected ? "selected" : "",
    isSelected && board.selected.length === 1 ? "alone" : "",
    session.open.value === id ? "open" : "",
    isExit(board, selection, id) ? "exit" : "",
    runClass(board, id),
    board.flashing.value === id ? "flash" : "",
  ].filter((name) => name !== "");
  const people = session.people.value.filter((person) => holdsNode(person.selection, id)).map(({ name }) => name);
  if (people.length > 0) classes.push("held");
  return { classes: classes.join(" "), isSelected, takesTab, people, problems: board.problems.value.get(id), renaming: renamingOf(board, id) };
}

/** Where a selected rework route leads at its limit. */
function isExit({ session }: Board, selection: Selection, id: string): boolean {
  if (selection.kind !== "edge") return false;
  return routesOf(session.editor.draft.peek().template.nodes[selection.node])[selection.index]?.exit === id;
}

function runClass({ session }: Board, id: string): string {
  const track = session.track.value;
  if (track === null) return "";
  if (track.open.includes(id)) return "run-open";
  return track.done.includes(id) ? "run-done" : "run-off";
}

function holdsNode(selection: Selection | null, id: string): boolean {
  if (selection === null || selection.kind === "template") return false;
  return selection.kind === "nodes" ? selection.nodes.includes(id) : selection.node === id;
}

const renamings = new WeakMap<Board, Map<string, Look["renaming"]>>();

function renamingOf(board: Board, id: string): Look["renaming"] {
  if (board.renaming.value !== id) return null;
  const kept = renamings.get(board) ?? new Map<string, Look["renaming"]>();
  renamings.set(board, kept);
  const renaming = kept.get(id) ?? {
    begin: () => { beginRename(board, id); },
    write: (text: string) => { writeTitle(board, id, text); },
    done: (text: string) => { endRename(board, id, text); },
    cancel: () => { giveUpRename(board, id); },
  };
  kept.set(id, renaming);
  return renaming;
}

export function wireClasses(board: Board, { link: { from, index, key, kind } }: Wire): string {
  const { selection, session } = board;
  const track = session.track.value;
  const isSelected = kind !== "exit" && selection.kind === "edge" && selection.node === from && selection.index === index;
  const problems = board.problems.value.get(key);
  return [
    isSelected ? "selected" : "",
    board.lit.value === key ? "lit" : "",
    track === null ? "" : track.routes.includes(key) ? "taken" : "run-off",
    problems === undefined ? "" : problems.errors > 0 ? "bad" : "doubtful",
  ].filter((name) => name !== "").join(" ");
}
