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
