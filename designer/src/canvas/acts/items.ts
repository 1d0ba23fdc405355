import { type Node, routesOf } from "../../model/index.ts";
import { mayEdit } from "../../session.ts";
import { shownKeys } from "../../shell/actions.ts";
import type { IconName } from "../../shell/icon.tsx";
import type { MenuItem } from "../../shell/menu.tsx";
import { say } from "../../words/index.ts";
import type { Board } from "../board.ts";
import { type Kind, KIND_ICONS, KINDS } from "../flow/kinds.ts";
import { askKind, askOutcome, askTarget } from "./asking.ts";
import { copy, cut, duplicate, pasteFromSystem } from "./clipboard.ts";
import { beginHere, convert, openStep, remove, tidy, toggleRework, tryEarlier } from "./edits.ts";
import { fit, fitSelection } from "./views.ts";

type Act = readonly [id: "outcome" | "open" | "rename" | "add" | "connect" | "duplicate" | "copy" | "cut" | "paste" | "remove" | "tidy" | "fit" | "fit_selection" | "select_all" | "begin" | "earlier" | "later" | "rework" | "no_rework" | "lead", icon: IconName | null, keys: string | null, run: () => void];

/** Everything that can be done with what is selected, for the menu. */
export function actsOn(board: Board): readonly MenuItem[] {
  const { selection } = board;
  if (selection.kind === "edge") return routeActs(board, selection.node, selection.index);
  return board.selected.length === 0 ? groundActs(board) : nodeActs(board, board.selected);
}

function items(board: Board, acts: readonly Act[], always: readonly string[] = []): MenuItem[] {
  return acts.map(([id, icon, keys, run]) => ({
    label: say(`canvas.act_${id}`), run, testid: `act-${id}`, danger: id === "remove", disabled: !mayEdit(board.session) && !always.includes(id),
    ...(icon === null ? {} : { icon }), ...(keys === null ? {} : { keys: shownKeys(keys) }),
  }));
}

function nodeActs(board: Board, ids: readonly string[]): readonly MenuItem[] {
  const [id] = ids;
  const { template } = board.session.editor.draft.peek();
  const node = ids.length === 1 && id !== undefined ? template.nodes[id] : undefined;
  const single: readonly Act[] = id === undefined || node === undefined ? [] : [
    ["open", "right", "Enter", () => { openStep(board, id); }],
    ["rename", null, "F2", () => { board.renaming.value = id; }],
    ["add", "plus", "N", () => { askKind(board); }],
    ...(node.kind === "end" ? [["outcome", "end", null, () => { askOutcome(board, id); }] as const] : [["connect", null, "C", () => { askTarget(board); }] as const]),
    ...(template.start === id || node.kind === "end" ? [] : [["begin", "play", null, () => { beginHere(board, id); }] as const]),
  ];
  const kinds = id === undefined || node === undefined ? [] : kindsFor(node).map((kind) => ({
    label: say("canvas.convert", { kind: say(`canvas.kind_${kind}`) }), icon: KIND_ICONS[kind], testid: `convert-${kind}`, disabled: !mayEdit(board.session),
    run: () => { convert(board, id, kind); if (kind === "end") askOutcome(board, id); },
  }));
  const common: readonly Act[] = [
    ["duplicate", "copy", "Mod+D", () => { duplicate(board); }],
    ["copy", null, "Mod+C", () => { void copy(board); }],
    ["cut", null, "Mod+X", () => { void cut(board); }],
    ["paste", null, "Mod+V", () => { void pasteFromSystem(board); }],
    ["fit_selection", "fit", "2", () => { fitSelection(board); }],
  ];
  return [...items(board, single, ["open"]), ...items(board, common, ["copy", "fit_selection"]), ...kinds, ...items(board, [["remove", "trash", "Delete", () => { remove(board); }]])];
}

/** What else a node can be. Nothing leads on from an end: what something follows does not become one. */
function kindsFor(node: Node): readonly Kind[] {
  const isFollowed = routesOf(node).some((edge) => edge.rework !== true);
  return KINDS.filter((kind) => kind !== node.kind && kind !== "join" && !(kind === "end" && isFollowed));
}

function routeActs(board: Board, from: string, index: number): readonly MenuItem[] {
  const node = board.session.editor.draft.peek().template.nodes[from];
  const routes = routesOf(node);
  const isRework = routes[index]?.rework === true;
  const acts: Act[] = [["add", "plus", "N", () => { askKind(board); }], ["lead", null, "C", () => { askTarget(board); }]];
  if (index > 0) acts.push(["earlier", "up", null, () => { tryEarlier(board, from, index, -1); }]);
  if (index < routes.length - 1) acts.push(["later", "down", null, () => { tryEarlier(board, from, index, 1); }]);
  if (node?.kind !== "parallel") acts.push([isRework ? "no_rework" : "rework", "rework", null, () => { toggleRework(board, from, index, !isRework); }]);
  return items(board, [...acts, ["remove", "trash", "Delete", () => { remove(board); }]]);
}

function groundActs(board: Board): readonly MenuItem[] {
  return items(board, [
    ["add", "plus", "N", () => { askKind(board); }],
    ["paste", null, "Mod+V", () => { void pasteFromSystem(board); }],
    ["select_all", null, "Mod+A", () => { board.selectNodes(board.scene.peek().order); }],
    ["fit", "fit", "0", () => { fit(board); }],
    ["tidy", "tidy", "Shift+L", () => { tidy(board); }],
  ], ["select_all", "fit"]);
}
