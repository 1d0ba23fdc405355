import type { Json } from "@mendloop/engine";
import type { WritableDraft } from "immer";
import { type Added, certain, type Command, command } from "../command.ts";
import type { Draft, Spot } from "../draft.ts";
import { onlySuccessor, reachedFrom, routesOf } from "../flow.ts";
import { freeName, nodeNames } from "../ids.ts";
import { at, type Path, sameJson } from "../json.ts";
import { branchTitle, FIRST_ROLE, NODE_TITLES, type NodeKind, newStep, outcomeWords } from "../new_nodes.ts";
import type { Edge, Node, Template } from "../template.generated.ts";
import { writtenIn } from "../tongues.ts";
import { isFirstWord, putWord } from "../untouched.ts";

/** Where a new node goes: to a place on the canvas, into a route, or behind a node. */
export interface Whereto {
  readonly at?: Spot | undefined;
  readonly onEdge?: { readonly from: string; readonly index: number } | undefined;
  readonly after?: string | undefined;
  /** Of an end. */
  readonly outcome?: string | undefined;
}

/**
 * A new node. In a route it takes the route's place; behind a node, that of its last route. A parallel brings two branches and the join. From an end
 * nothing leads on: it gets a route of its own beside the one that is there, tried before it, so that what follows is reached as before.
 */
export function addNode(draft: Draft, kind: NodeKind, { at: spot, onEdge, after, outcome }: Whereto = {}): Added {
  const id = freeName(kind, nodeNames(draft));
  const edit = certain(draft, { key: "edit.add_node" }, (next) => {
    const route = onEdge ?? lastRoute(draft.template, after);
    const target = route === null ? undefined : routesOf(draft.template.nodes[route.from])[route.index]?.to;
    if (kind === "step" && Object.keys(draft.template.roles).length === 0) next.template.roles = { engineer: writtenIn(draft.template, FIRST_ROLE) };
    for (const [name, node] of created(draft, kind, id, target ?? joinOfBranches(draft.template, after), outcome)) next.template.nodes[name] = writtenIn(draft.template, node) as WritableDraft<Node>;
    leadThere(next, id, route, { after, isBeside: kind === "end" });
    if (draft.template.nodes[draft.template.start] === undefined) next.template.start = id;
    if (spot !== undefined) next.layout[id] = spot;
  });
  return { command: edit, id };
}

/** What a new node is made of: itself, and for a parallel its branches and its join. `onward` is where the flow goes then. */
function created(draft: Draft, kind: NodeKind, id: string, onward: string | undefined, outcome = "repaired"): readonly (readonly [string, Node])[] {
  const next: readonly Edge[] = onward === undefined ? [] : [{ to: onward }];
  const title = NODE_TITLES[kind];
  if (kind === "step") return [[id, { ...newStep(draft.template), next }]];
  if (kind === "end") return [[id, { kind, outcome, title: outcomeWords(outcome) }]];
  if (kind !== "parallel") return [[id, { kind, title, next }]];
  const taken = new Set([...nodeNames(draft), id]);
  const join = freeName("join", taken);
  const branches = [1, 2].map((number) => {
    const name = freeName("branch", taken);
    taken.add(name);
    return [name, { ...newStep(draft.template, branchTitle(number)), next: [{ to: join }] }] as const;
  });
  return [[id, { kind, title, join, next: branches.map(([to]) => ({ to })) }], ...branches, [join, { kind: "join", title: NODE_TITLES.join, next }]];
}

function lastRoute(template: Template, after: string | undefined): { readonly from: string; readonly index: number } | null {
  const node = after === undefined ? undefined : template.nodes[after];
  if (after === undefined || node?.kind === "parallel") return null;
  const forward = routesOf(node).map((edge, index) => ({ edge, index })).filter(({ edge }) => edge.rework !== true).at(-1);
  return forward === undefined ? null : { from: after, index: forward.index };
}

/** Behind a parallel means: another branch. */
function joinOfBranches(template: Template, after: string | undefined): string | undefined {
  const node = after === undefined ? undefined : template.nodes[after];
  return node?.kind === "parallel" ? node.join : undefined;
}

type Route = { readonly from: string; readonly index: number } | null;

function leadThere(next: WritableDraft<Draft>, id: string, route: Route, { after, isBeside }: { readonly after: string | undefined; readonly isBeside: boolean }): void {
  const from = next.template.nodes[route?.from ?? after ?? ""];
  if (from === undefined || !("next" in from)) return;
  const edge = route === null ? undefined : from.next[route.index];
  if (route === null || edge === undefined) from.next.push({ to: id });
  else if (isBeside) from.next.splice(route.index, 0, { to: id });
  else edge.to = id;
}

/** Nodes somewhere else, by hand. */
export function moveNodes(draft: Draft, spots: Readonly<Record<string, Spot>>): Command | null {
  const moved = Object.entries(spots).filter(([id, spot]) => draft.template.nodes[id] !== undefined && !sameJson(draft.layout[id], spot));
  return command(draft, { key: "edit.move_nodes", params: { count: moved.length } }, (next) => {
    for (const [id, spot] of moved) next.layout[id] = { x: spot.x, y: spot.y };
  }, `move ${Object.keys(spots).join(" ")}`);
}

/** Let the nodes be laid out again; all of them when none are named. */
export function clearLayout(draft: Draft, ids: readonly string[] = Object.keys(draft.layout)): Command | null {
  const placed = ids.filter((id) => draft.layout[id] !== undefined);
  return command(draft, { key: "edit.clear_layout" }, (next) => {
    for (const id of placed) Reflect.deleteProperty(next.layout, id);
  });
}

/** Change one thing about a node; undefined takes it away. */
export function setNode(draft: Draft, id: string, path: Path, value: Json | undefined): Command | null {
  const node = draft.template.nodes[id];
  if (node === undefined || sameJson(at(node, path), value)) return null;
  return command(draft, { key: "edit.change_node" }, (next) => { putWord(next.template.nodes[id], path, value); }, `node ${id} ${path.join(".")}`);
}

/** How orders end here. Where nobody has named the end, it is called by its outcome. */
export function setOutcome(draft: Draft, id: string, outcome: string): Command | null {
  const node = draft.template.nodes[id];
  if (node?.kind !== "end") return null;
  const title = node.title === undefined || isFirstWord(node.title) ? writtenIn(draft.template, outcomeWords(outcome)) : node.title;
  return command(draft, { key: "edit.set_outcome" }, (next) => { next.template.nodes[id] = { ...node, outcome, title }; });
}

/** Let every order begin with this node. */
export function setStart(draft: Draft, id: string): Command | null {
  if (draft.template.nodes[id] === undefined || draft.template.start === id) return null;
  return command(draft, { key: "edit.set_start" }, (next) => { next.template.start = id; });
}

/** Make another kind of node of it: title and routes stay. What becomes a parallel gets the join its branches meet at, or a new one. */
export function convertNode(draft: Draft, id: string, kind: NodeKind): Command | null {
  const old = draft.template.nodes[id];
  if (old === undefined || old.kind === kind) return null;
  return command(draft, { key: "edit.convert_node" }, (next) => {
    const join = kind === "parallel" ? commonJoin(draft.template, old) : null;
    const made = join ?? freeName("join", nodeNames(draft));
    next.template.nodes[id] = converted(draft.template, old, kind, made) as WritableDraft<Node>;
    if (kind === "parallel" && join === null) next.template.nodes[made] = { kind: "join", title: writtenIn(draft.template, NODE_TITLES.join), next: [] };
  });
}

function converted(template: Template, old: Node, kind: NodeKind, join: string): Node {
  const title = old.title ?? writtenIn(template, NODE_TITLES[kind]);
  const routes = routesOf(old);
  switch (kind) {
    case "step": return { ...newStep(template, title), next: old.kind === "parallel" ? elseLast(routes) : routes };
    case "end": return { kind, outcome: "repaired", title };
    case "parallel": return { kind, title, join, next: routes.filter((edge) => edge.rework !== true) };
    case "choice":
    case "join": return { kind, title, next: old.kind === "parallel" ? elseLast(routes) : routes };
  }
}

/** The routes with the last as "else". */
function elseLast(routes: readonly Edge[]): readonly Edge[] {
  return routes.map((edge, index) => {
    const { when, ...rest } = edge;
    return index === routes.length - 1 || when === undefined ? rest : edge;
  });
}

/** A join that every route leads to. */
function commonJoin(template: Template, node: Node): string | null {
  const reached = routesOf(node).filter((edge) => edge.rework !== true).map((edge) => new Set([edge.to, ...reachedFrom(template, edge.to)]));
  const [first, ...others] = reached;
  for (const name of first ?? []) if (template.nodes[name]?.kind === "join" && others.every((other) => other.has(name))) return name;
  return null;
}

/** The node that a node goes on to, if it is one: for the keyboard's way along the flow. */
export function nextNode(draft: Draft, id: string): string | null {
  return onlySuccessor(draft.template.nodes[id]);
}
