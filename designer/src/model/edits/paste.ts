import type { Json } from "@mendloop/engine";
import type { WritableDraft } from "immer";
import { numbered, ITEM_IDS } from "../beginnings.ts";
import { type Clip, clipOf, copied } from "../clip.ts";
import { type Command, command } from "../command.ts";
import type { Draft, Layout, Spot } from "../draft.ts";
import { routesOf } from "../flow.ts";
import { fieldNames, freeName, isName, nameFrom, nodeNames } from "../ids.ts";
import { type Path } from "../json.ts";
import { fieldRenamed, keyed, make, nodeRenamed } from "../references.ts";
import type { Selection } from "../selection.ts";
import type { Field, Node, Template, Words } from "../template.generated.ts";
import { addItems, idsOf, listAt } from "./lists.ts";

/** Where pasted things go. Nodes: to a spot, into a route, behind a node, else anywhere. Fields: into a step, before `index` or last. */
export interface Target {
  readonly at?: Spot | undefined;
  readonly onEdge?: { readonly from: string; readonly index: number } | undefined;
  readonly after?: string | undefined;
  readonly node?: string | undefined;
  readonly index?: number | undefined;
}

/** An edit, and what it brought: the nodes, or the fields of a step. */
export interface Pasted {
  readonly command: Command;
  readonly ids: readonly string[];
  readonly selection: Selection;
}

/** Put what was copied, here or in another template, in this one. Names that are taken become free ones, and what was pasted follows them. */
export function paste(draft: Draft, clip: Clip | string, target: Target = {}): Pasted | null {
  const read = typeof clip === "string" ? clipOf(clip) : clip;
  if (read === null) return null;
  return "fields" in read ? pasteFields(draft, read.fields, target) : pasteNodes(draft, read, target, "edit.paste");
}

/** The same nodes once more, a little to the side. Nothing leads to them yet. */
export function duplicateNodes(draft: Draft, ids: readonly string[]): Pasted | null {
  const clip = copied(draft, { kind: "nodes", nodes: ids });
  if (clip === null || !("nodes" in clip)) return null;
  const nodes = Object.fromEntries(Object.entries(clip.nodes).map(([id, node]) => [id, asCopy(node)]));
  const layout = Object.fromEntries(Object.entries(clip.layout).map(([id, { x, y }]) => [id, { x: x + 32, y: y + 32 }]));
  return pasteNodes(draft, { ...clip, nodes, layout }, {}, "edit.duplicate_nodes");
}

const COPY: Readonly<Record<string, string>> = { "zh-CN": "（副本）", en: " (copy)" };

function asCopy(node: Node): Node {
  if (node.title === undefined) return node;
  return { ...node, title: Object.fromEntries(Object.entries(node.title).map(([language, text]) => [language, text + (COPY[language] ?? " *")])) };
}

type NodesClip = Extract<Clip, { readonly nodes: unknown }>;

function pasteNodes(draft: Draft, clip: NodesClip, target: Target, key: string): Pasted | null {
  const { nodes, names } = renamedNodes(draft, clip.nodes);
  const ids = Object.keys(nodes);
  const route = routeOf(draft.template, target);
  const onward = route === null ? undefined : routesOf(draft.template.nodes[route.from])[route.index]?.to;
  const edit = command(draft, { key, params: { count: ids.length } }, (next) => {
    for (const [id, role] of Object.entries(clip.roles)) next.template.roles[id] ??= role as WritableDraft<typeof role>;
    if (onward !== undefined) leadOn(nodes, onward);
    for (const [id, node] of Object.entries(nodes)) next.template.nodes[id] = node as WritableDraft<Node>;
    const edge = route === null ? undefined : routesOf(next.template.nodes[route.from])[route.index];
    if (edge !== undefined) (edge as { to: string }).to = entryOf(nodes);
    if (draft.template.nodes[draft.template.start] === undefined) next.template.start = entryOf(nodes);
    for (const [id, spot] of Object.entries(placed(clip.layout, target.at, names))) next.layout[id] = spot;
  });
  return edit === null ? null : { command: edit, ids, selection: { kind: "nodes", nodes: ids } };
}

/** The nodes under names that are free in the draft; no new name is an old one of another node, so they can be given one by one. */
function renamedNodes(draft: Draft, nodes: Readonly<Record<string, Node>>): { readonly nodes: Record<string, Node>; readonly names: ReadonlyMap<string, string> } {
  const taken = nodeNames(draft);
  const avoided = new Set([...taken, ...Object.keys(nodes)]);
  const names = new Map<string, string>();
  let template = { ...draft.template, start: "", scenarios: [], nodes: structuredClone(nodes) } as Template;
  for (const id of Object.keys(nodes)) {
    const name = taken.has(id) ? freeName(id, avoided) : id;
    avoided.add(name);
    names.set(id, name);
    if (name === id) continue;
    make([...nodeRenamed(template, id, name)], template);
    template = { ...template, nodes: keyed(template.nodes, id, name) };
  }
  return { nodes: { ...template.nodes }, names };
}

function routeOf(template: Template, { onEdge, after }: Target): { readonly from: string; readonly index: number } | null {
  if (onEdge !== undefined) return onEdge;
  const index = routesOf(after === undefined ? undefined : template.nodes[after]).findLastIndex((edge) => edge.rework !== true);
  return after === undefined || index < 0 || template.nodes[after]?.kind === "parallel" ? null : { from: after, index };
}

/** Routes that lead out of what is pasted lead to `onward`: it stands in a route now. */
function leadOn(nodes: Record<string, Node>, onward: string): void {
  for (const [id, node] of Object.entries(nodes)) {
    if (!("next" in node)) continue;
    const isLast = node.next.length === 0 && node.kind !== "parallel";
    const next = node.next.map((edge) => (nodes[edge.to] === undefined && edge.rework !== true ? { ...edge, to: onward } : edge));
    nodes[id] = { ...node, next: isLast ? [{ to: onward }] : next };
  }
}

/** The node of the pasted ones that no other leads to; the first, where there is none. */
function entryOf(nodes: Readonly<Record<string, Node>>): string {
  const reached = new Set(Object.values(nodes).flatMap((node) => routesOf(node).filter((edge) => edge.rework !== true).map((edge) => edge.to)));
  const ids = Object.keys(nodes);
  return ids.find((id) => !reached.has(id)) ?? ids[0] ?? "";
}

/** The spots under the new names, moved so that the group begins at `at`. */
function placed(layout: Layout, at: Spot | undefined, names: ReadonlyMap<string, string>): Layout {
  const spots = Object.entries(layout);
  const only = names.size === 1 ? [...names.values()][0] : undefined;
  if (spots.length === 0) return at === undefined || only === undefined ? {} : { [only]: at };
  const left = Math.min(...spots.map(([, { x }]) => x));
  const top = Math.min(...spots.map(([, { y }]) => y));
  const by = at === undefined ? { x: 0, y: 0 } : { x: at.x - left, y: at.y - top };
  return Object.fromEntries(spots.map(([id, { x, y }]) => [names.get(id) ?? id, { x: x + by.x, y: y + by.y }]));
}

function pasteFields(draft: Draft, fields: readonly Field[], { node, index }: Target): Pasted | null {
  if (node === undefined || draft.template.nodes[node]?.kind !== "step") return null;
  const renamed = renamedFields(draft, node, fields);
  const edit = command(draft, { key: "edit.paste", params: { count: fields.length } }, (next) => {
    const step = next.template.nodes[node];
    if (step?.kind !== "step") return;
    const list = (step.fields ??= []);
    list.splice(index ?? list.length, 0, ...(renamed as WritableDraft<Field>[]));
  });
  const ids = renamed.map(({ id }) => id);
  return edit === null ? null : { command: edit, ids, selection: { kind: "fields", node, fields: ids } };
}

function renamedFields(draft: Draft, node: string, fields: readonly Field[]): readonly Field[] {
  const taken = fieldNames(draft.template.nodes[node]);
  const avoided = new Set([...taken, ...fields.map(({ id }) => id)]);
  const list = structuredClone(fields) as WritableDraft<Field>[];
  const template: Template = { ...draft.template, scenarios: [], nodes: { [node]: { kind: "step", role: "", title: {}, fields: list, next: [] } } };
  const used = new Set<string>();
  for (const field of list) {
    const { id } = field;
    const isFree = !taken.has(id) && !used.has(id) && isName(id);
    const name = isFree ? id : freeName(isName(id) ? id : nameFrom(id, "field"), avoided);
    for (const each of [id, name]) avoided.add(each);
    used.add(name);
    if (isFree) continue;
    make([...fieldRenamed(template, node, id, name)], template);
    field.id = name;
  }
  return list;
}

/** Lines as items of a list with labels (items of a checklist, options, shots, points, rows, columns), or as safety notes; null for other lists. */
export function pasteLines(draft: Draft, path: Path, lines: readonly Words[], index = listAt(draft, path).length): Command | null {
  const list = String(path.at(-1));
  if (list !== "safety" && ITEM_IDS[list] === undefined) return null;
  const edit = addItems(draft, path, list === "safety" ? lines.map(asSafetyNote) : labelledItems(draft, path, list, lines), index);
  return edit === null ? null : { ...edit, label: { key: "edit.paste_lines", params: { count: lines.length } } };
}

function asSafetyNote(text: Words): Json {
  return { level: "caution", text };
}

/** Each with an id made of its English words, else numbered. */
function labelledItems(draft: Draft, path: Path, list: string, lines: readonly Words[]): readonly Json[] {
  const taken = new Set(idsOf(listAt(draft, path)));
  return lines.map((label) => {
    const id = freeName(nameFrom(label["en"] ?? "", numbered(list, ITEM_IDS[list] ?? "item", taken.size + 1).id), taken);
    taken.add(id);
    return list === "columns" ? { id, type: "text", label } : { id, label };
  });
}
