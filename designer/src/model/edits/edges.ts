import type { Json } from "@mendloop/engine";
import type { WritableDraft } from "immer";
import { type Command, command } from "../command.ts";
import type { Draft } from "../draft.ts";
import { goesBack, routesOf } from "../flow.ts";
import { at, type Path, put, sameJson } from "../json.ts";
import type { Edge, Node } from "../template.generated.ts";

export { routesOf } from "../flow.ts";

/**
 * A new way between two nodes; one that goes back is rework, unless told otherwise. It comes before "else", and has no condition
 * yet: the check asks for one.
 */
export function connect(draft: Draft, from: string, to: string, { rework = goesBack(draft.template, from, to) } = {}): Command | null {
  const node = draft.template.nodes[from];
  if (node === undefined || !("next" in node) || draft.template.nodes[to] === undefined) return null;
  if (node.next.some((edge) => edge.to === to && (edge.rework ?? false) === rework)) return null;
  return command(draft, { key: rework ? "edit.connect_rework" : "edit.connect" }, (next) => {
    addRoute(next.template.nodes[from], rework ? { to, rework: true } : { to });
  });
}

/** Put a route where it belongs: before "else", of a parallel and where there is no "else" last. */
function addRoute(node: WritableDraft<Node> | undefined, edge: Edge): void {
  if (node === undefined || !("next" in node)) return;
  const last = node.next.at(-1);
  const isElse = node.kind !== "parallel" && last !== undefined && last.rework !== true && last.when === undefined;
  node.next.splice(isElse ? -1 : node.next.length, 0, edge);
}

/** Lead a route to another node. */
export function reconnect(draft: Draft, from: string, index: number, to: string): Command | null {
  if (draft.template.nodes[to] === undefined || routesOf(draft.template.nodes[from])[index]?.to === to) return null;
  return onRoute(draft, "edit.reconnect", from, index, (edge) => { edge.to = to; });
}

/** Take a route away. The route that is last then is "else": it loses its condition. */
export function removeEdge(draft: Draft, from: string, index: number): Command | null {
  return onRoutes(draft, "edit.remove_route", from, (node) => {
    if (node.next[index] === undefined) return;
    node.next.splice(index, 1);
    tidyElse(node);
  });
}

/** Try a route earlier or later. */
export function moveEdge(draft: Draft, from: string, index: number, to: number): Command | null {
  const { length } = routesOf(draft.template.nodes[from]);
  if (index === to || Math.min(index, to) < 0 || Math.max(index, to) >= length) return null;
  return onRoutes(draft, "edit.move_route", from, (node) => { node.next.splice(to, 0, ...node.next.splice(index, 1)); });
}

/** Change one thing about a route; undefined takes it away. */
export function setEdge(draft: Draft, from: string, index: number, path: Path, value: Json | undefined): Command | null {
  const edge = routesOf(draft.template.nodes[from])[index];
  if (edge === undefined || sameJson(at(edge, path), value)) return null;
  return onRoute(draft, "edit.change_route", from, index, (each) => { put(each, path, value); }, `edge ${from} ${index} ${path.join(".")}`);
}

export interface Rework {
  readonly limit?: number;
  readonly exit?: string;
  readonly reason_field?: string;
}

/** Make a route rework with what it says, or, with null, an ordinary one again. */
export function setRework(draft: Draft, from: string, index: number, rework: Rework | null): Command | null {
  const key = rework === null ? "edit.stop_rework" : "edit.make_rework";
  return onRoute(draft, key, from, index, (edge) => {
    if (rework === null) delete edge.rework;
    else edge.rework = true;
    for (const name of ["limit", "exit", "reason_field"] as const) put(edge, [name], rework?.[name]);
  });
}

/** "Else" has no condition. */
export function tidyElse(node: WritableDraft<Node>): void {
  if (!("next" in node) || node.kind === "parallel") return;
  const last = node.next.at(-1);
  if (last !== undefined && last.rework !== true) delete last.when;
}

type WithRoutes = WritableDraft<Exclude<Node, { readonly kind: "end" }>>;

function onRoutes(draft: Draft, key: string, from: string, change: (node: WithRoutes) => void, burst: string | null = null): Command | null {
  return command(draft, { key }, (next) => {
    const node = next.template.nodes[from];
    if (node !== undefined && "next" in node) change(node);
  }, burst);
}

function onRoute(draft: Draft, key: string, from: string, index: number, change: (edge: WritableDraft<Edge>) => void, burst: string | null = null): Command | null {
  return onRoutes(draft, key, from, (node) => {
    const edge = node.next[index];
    if (edge !== undefined) change(edge);
  }, burst);
}
