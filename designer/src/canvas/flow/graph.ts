import { type Edge, routesOf, type Template } from "../../model/index.ts";
import { grouped } from "./grouped.ts";

/** `exit` is where a rework route leads when its limit is reached. */
export type LinkKind = "route" | "rework" | "exit";

/** One way from node to node. */
export interface Link {
  readonly key: string;
  readonly from: string;
  /** Its place among the routes of `from`. */
  readonly index: number;
  readonly to: string;
  readonly kind: LinkKind;
  readonly edge: Edge;
  /** How many routes `from` has. */
  readonly routes: number;
}

/** The nodes of a template and the ways between them; routes to nodes that are not there are left out. */
export interface Graph {
  readonly start: string;
  readonly ids: readonly string[];
  readonly links: readonly Link[];
  readonly out: ReadonlyMap<string, readonly Link[]>;
  readonly into: ReadonlyMap<string, readonly Link[]>;
}

export const linkKey = (from: string, index: number): string => `${from} ${index}`;

const graphs = new WeakMap<Template, Graph>();

/** Of a template, which never changes: made once. */
export function graphOf(template: Template): Graph {
  const graph = graphs.get(template) ?? graphMade(template);
  graphs.set(template, graph);
  return graph;
}

function graphMade(template: Template): Graph {
  const ids = Object.keys(template.nodes);
  const all = ids.flatMap((id) => linksOf(template, id));
  const reached = new Set(all.filter(({ kind }) => kind === "route").map(({ to }) => to));
  const links = all.filter(({ kind, to }) => kind !== "exit" || !reached.has(to)); // what is reached otherwise needs no line for the rare case
  const out = grouped(links, ({ from }) => from);
  return { start: template.start, ids, links, out, into: grouped(links, ({ to }) => to) };
}

function linksOf({ nodes }: Template, from: string): readonly Link[] {
  const routes = routesOf(nodes[from]);
  return routes.flatMap((edge, index) => {
    const link = { key: linkKey(from, index), from, index, edge, routes: routes.length };
    const ways: Link[] = [];
    if (nodes[edge.to] !== undefined) ways.push({ ...link, to: edge.to, kind: edge.rework === true ? "rework" : "route" });
    const { exit } = edge;
    const isShown = exit !== undefined && nodes[exit] !== undefined && !routes.some(({ to }) => to === exit);
    if (isShown) ways.push({ ...link, key: `${link.key} exit`, to: exit, kind: "exit" });
    return ways;
  });
}

/** Ways forward: what the order of the flow is made from. */
export function forward(graph: Graph, id: string): readonly Link[] {
  return (graph.out.get(id) ?? []).filter(({ kind }) => kind !== "rework");
}

const orders = new WeakMap<Graph, readonly string[]>();

/** All nodes, each after those that lead to it (but for loops); what cannot be reached comes last. */
export function flowOrder(graph: Graph): readonly string[] {
  const order = orders.get(graph) ?? orderMade(graph);
  orders.set(graph, order);
  return order;
}

function orderMade(graph: Graph): readonly string[] {
  const done: string[] = [];
  const seen = new Set<string>();
  const unreached = graph.ids.filter((id) => (graph.into.get(id) ?? []).length === 0 && id !== graph.start);
  const roots = [...(graph.ids.includes(graph.start) ? [graph.start] : []), ...unreached, ...graph.ids];
  for (const root of roots) if (!seen.has(root)) done.push(...finished(graph, root, seen).reverse());
  return done;
}

/** Depth first without recursion: flows may be thousands of nodes long. The last route, "else", is finished last and so comes first. */
function finished(graph: Graph, root: string, seen: Set<string>): string[] {
  const done: string[] = [];
  const stack = [{ id: root, next: 0, links: forward(graph, root) }];
  seen.add(root);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const link = top.links[top.next];
    top.next += 1;
    if (link === undefined) { done.push(top.id); stack.pop(); continue; }
    if (seen.has(link.to)) continue;
    seen.add(link.to);
    stack.push({ id: link.to, next: 0, links: forward(graph, link.to) });
  }
  return done;
}

/** The usual way through: from the start along "else", side by side as one, until something comes again. */
export function usualWay({ nodes, start }: Template): ReadonlySet<string> {
  const way = new Set<string>();
  for (let id: string | undefined = start; id !== undefined && !way.has(id);) {
    way.add(id);
    const node: Template["nodes"][string] | undefined = nodes[id];
    id = node?.kind === "parallel" ? node.join : routesOf(node).findLast((edge) => edge.rework !== true)?.to;
  }
  return way;
}

/** What runs side by side between a parallel node and its join. */
export interface Block {
  readonly parallel: string;
  readonly join: string;
  readonly branches: readonly (readonly string[])[];
}

/** Blocks whose branches are apart, as they have to be; of a flow that is half drawn, those that are whole. */
export function blocksOf(template: Template, graph: Graph): readonly Block[] {
  return graph.ids.flatMap((id) => {
    const node = template.nodes[id];
    if (node?.kind !== "parallel" || node.join === id || template.nodes[node.join] === undefined) return [];
    const targets = [...new Set(forward(graph, id).map(({ to }) => to))].filter((to) => to !== node.join);
    const branches = targets.map((target) => reached(graph, target, node.join));
    return isApart(branches, id) ? [{ parallel: id, join: node.join, branches }] : [];
  });
}

function reached(graph: Graph, from: string, until: string): readonly string[] {
  const found = new Set([from]);
  for (const id of found) for (const { to } of forward(graph, id)) if (to !== until) found.add(to);
  return [...found];
}

function isApart(branches: readonly (readonly string[])[], parallel: string): boolean {
  const all = branches.flat();
  return all.length > 0 && new Set(all).size === all.length && !all.includes(parallel);
}

/** True when `to` can be reached from `from` by going forward. */
export function leadsTo(graph: Graph, from: string, to: string): boolean {
  const found = new Set([from]);
  for (const id of found) for (const link of forward(graph, id)) {
    if (link.to === to) return true;
    found.add(link.to);
  }
  return false;
}
