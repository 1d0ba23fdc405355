import { asList } from "./json.ts";
import type { Field, Node } from "./template.generated.ts";

/** The fields of a node, from top to bottom; only steps have any. */
export function fieldsOf(node: Node | undefined): readonly Field[] {
  return node?.kind === "step" ? asList(node.fields) : [];
}
