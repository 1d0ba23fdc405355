import type { Draft, Layout } from "./draft.ts";
import type { Selection } from "./selection.ts";
import type { Field, Node, Template } from "./template.generated.ts";

/** What is copied: nodes with the roles that do them, or fields. It travels as text on the system's clipboard. */
export type Clip =
  | { readonly format: "mendloop/clip+1"; readonly nodes: Readonly<Record<string, Node>>; readonly roles: Template["roles"]; readonly layout: Layout }
  | { readonly format: "mendloop/clip+1"; readonly fields: readonly Field[] };

const FORMAT = "mendloop/clip+1";

/** The text that a clip is on the clipboard; `clipOf` reads it. */
export function clipText(clip: Clip): string {
  return JSON.stringify(clip, null, 1);
}

/** What is selected, to be pasted; null where there is nothing that can be copied. */
export function copied(draft: Draft, selection: Selection): Clip | null {
  if (selection.kind === "nodes") return nodesClip(draft, selection.nodes);
  if (selection.kind !== "fields") return null;
  const node = draft.template.nodes[selection.node];
  const fields = node?.kind === "step" ? (node.fields ?? []).filter(({ id }) => selection.fields.includes(id)) : [];
  return fields.length === 0 ? null : { format: FORMAT, fields };
}

function nodesClip({ template, layout }: Draft, ids: readonly string[]): Clip | null {
  const nodes = Object.entries(template.nodes).filter(([id]) => ids.includes(id));
  if (nodes.length === 0) return null;
  const roles = new Set(nodes.map(([, node]) => (node.kind === "step" ? node.role : "")));
  return {
    format: FORMAT,
    nodes: Object.fromEntries(nodes),
    roles: Object.fromEntries(Object.entries(template.roles).filter(([id]) => roles.has(id))),
    layout: Object.fromEntries(Object.entries(layout).filter(([id]) => ids.includes(id))),
  };
}

/** The clip that a text is; null when it is none. A whole template is one of all its nodes. */
export function clipOf(text: string): Clip | null {
  const document = parsed(text);
  if (!isObject(document)) return null;
  const { format, nodes, fields, roles, layout } = document;
  if (format === FORMAT && Array.isArray(fields) && fields.length > 0 && fields.every(isField)) return { format, fields };
  if ((format !== FORMAT && format !== 1) || !isObject(nodes)) return null;
  const entries = Object.entries(nodes);
  if (entries.length === 0 || !entries.every(([id, node]) => NAME.test(id) && isNode(node))) return null;
  return { format: FORMAT, nodes: Object.fromEntries(entries) as Readonly<Record<string, Node>>, roles: rolesIn(roles), layout: layoutIn(layout) };
}

const NAME = /^[a-z][a-z0-9_]{0,63}$/;

type Loose = Readonly<Record<string, unknown>>;

function parsed(text: string): unknown {
  if (!text.trimStart().startsWith("{")) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (problem) {
    if (problem instanceof SyntaxError) return null;
    throw problem;
  }
}

function isObject(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isField(value: unknown): value is Field {
  return isObject(value) && typeof value["id"] === "string" && typeof value["type"] === "string";
}

function isNode(value: unknown): value is Node {
  if (!isObject(value)) return false;
  const { kind, next, fields } = value;
  if (fields !== undefined && !(Array.isArray(fields) && fields.every(isField))) return false;
  return kind === "end" || (["step", "choice", "parallel", "join"].includes(String(kind)) && Array.isArray(next) && next.every(isRoute));
}

function isRoute(value: unknown): boolean {
  return isObject(value) && typeof value["to"] === "string";
}

function rolesIn(value: unknown): Template["roles"] {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([id, role]) => NAME.test(id) && isObject(role))) as Template["roles"] : {};
}

function layoutIn(value: unknown): Layout {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([id, spot]) => NAME.test(id) && isObject(spot) && Number.isFinite(spot["x"]) && Number.isFinite(spot["y"]))) as Layout;
}
