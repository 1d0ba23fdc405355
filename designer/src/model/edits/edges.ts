import type { WritableDraft } from "immer";
import type { Json } from "@mendloop/engine";
import { type Command, command } from "../command.ts";
import type { Draft } from "../draft.ts";
import { type Path, put } from "../json.ts";
import type { Edge, Node } from "../template.generated.ts";

/** The routes of a node; an end has none. */
export function routesOf(node: Node | undefined): readonly Edge[] {
  return node !== undefined && "next" in node ? node.next : [];
}

/** A new way between two nodes. Before "else" where there is one, so that it can be given a condition; `rework` goes back. */
export function connect(draft: Draft, from: string, to: string, { rework = false } = {}): Command | null {
  const node = draft.template.nodes[from];
  if (node === undefined || !("next" in node) || draft.template.nodes[to] === undefined) return null;
  if (routesOf(node).some((edge) => edge.to === to && (edge.rework ?? false) === rework)) return null;
  return command(draft, { key: rework ? "edit.connect_rework" : "edit.connect" }, (next) => {
    addRoute(next, from, rework ? { to, rework: true, when: "false" } : { to });
  });
}

/** Put a route where it belongs: a rework route, and one with a condition, before "else"; of a parallel node always last. */
function addRoute(next: WritableDraft<Draft>, from: string, edge: Edge): void {
  const node = next.template.nodes[from];
  if (node === undefined || !("next" in node)) return;
  const isElseLast = node.kind !== "parallel" && node.next.length > 0;
  if (!isElseLast) { node.next.push(edge); return; }
  const conditional: Edge = edge.when === undefined ? { ...edge, when: "false" } : edge;
  node.next.splice(node.next.length - 1, 0, conditional);
}

/** Lead a route to another node. */
export function reconnect(draft: Draft, from: string, index: number, to: string): Command | null {
  if (draft.template.nodes[to] === undefined) return null;
  return setEdge(draft, from, index, ["to"], to);
}

/** Take a route away. The route that is last then is "else": it loses its condition. */
export function removeEdge(draft: Draft, from: string, index: number): Command | null {
  return command(draft, { key: "edit.remove_route" }, (next) => {
    const node = next.template.nodes[from];
    if (node === undefined || !("next" in node) || node.next[index] === undefined) return;
    node.next.splice(index, 1);
    tidyElse(node);
  });
}

/** Try a route earlier or later. */
export function moveEdge(draft: Draft, from: string, index: number, to: number): Command | null {
  return command(draft, { key: "edit.move_route" }, (next) => {
    const node = next.template.nodes[from];
    if (node === undefined || !("next" in node)) return;
    const [edge] = node.next.splice(index, 1);
    if (edge !== undefined) node.next.splice(to, 0, edge);
  });
}

export function setEdge(draft: Draft, from: string, index: number, path: Path, value: Json | undefined): Command | null {
  return command(draft, { key: "edit.change_route" }, (next) => {
    const node = next.template.nodes[from];
    if (node !== undefined && "next" in node) put(node.next[index], path, value);
  }, `edge ${from} ${index} ${path.join(".")}`);
}

/** "Else" has no condition. */
export function tidyElse(node: WritableDraft<Node>): void {
  if (!("next" in node) || node.kind === "parallel") return;
  const last = node.next.at(-1);
  if (last !== undefined && last.rework !== true) delete last.when;
}
