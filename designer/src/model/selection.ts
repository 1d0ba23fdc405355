import type { Template } from "./template.generated.ts";

/** What is selected: nodes, one route of a node, or fields of one step. Nothing selected: the template itself. */
export type Selection =
  | { readonly kind: "template" }
  | { readonly kind: "nodes"; readonly nodes: readonly string[] }
  | { readonly kind: "edge"; readonly node: string; readonly index: number }
  | { readonly kind: "fields"; readonly node: string; readonly fields: readonly string[] };

export const NOTHING: Selection = { kind: "template" };

/** The node that the selection lies in, if it is one. */
export function nodeOf(selection: Selection): string | null {
  if (selection.kind === "nodes") return selection.nodes.length === 1 ? (selection.nodes[0] ?? null) : null;
  return selection.kind === "template" ? null : selection.node;
}

/** The same selection where something has another name now. */
export function renamedIn(selection: Selection, { node, from, to }: { readonly node: string | null; readonly from: string; readonly to: string }): Selection {
  const renamed = (name: string): string => (name === from ? to : name);
  if (selection.kind === "template") return selection;
  if (node !== null) return selection.kind === "fields" && selection.node === node ? { ...selection, fields: selection.fields.map(renamed) } : selection;
  return selection.kind === "nodes" ? { ...selection, nodes: selection.nodes.map(renamed) } : { ...selection, node: renamed(selection.node) };
}

/** What of a selection is in the template; the same object when all of it is. */
export function stillThere(selection: Selection, { nodes }: Template): Selection {
  switch (selection.kind) {
    case "template": return selection;
    case "nodes": return left(selection.nodes, (id) => nodes[id] !== undefined, selection, (kept) => ({ ...selection, nodes: kept }));
    case "edge": {
      const node = nodes[selection.node];
      return node !== undefined && "next" in node && node.next[selection.index] !== undefined ? selection : NOTHING;
    }
    case "fields": {
      const node = nodes[selection.node];
      const ids = new Set(node?.kind === "step" ? (node.fields ?? []).map(({ id }) => id) : []);
      return left(selection.fields, (id) => ids.has(id), selection, (kept) => ({ ...selection, fields: kept }));
    }
  }
}

function left(ids: readonly string[], isThere: (id: string) => boolean, all: Selection, some: (kept: readonly string[]) => Selection): Selection {
  const kept = ids.filter(isThere);
  if (kept.length === ids.length) return all;
  return kept.length === 0 ? NOTHING : some(kept);
}
