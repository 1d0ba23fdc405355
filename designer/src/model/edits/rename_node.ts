import { type Command, command } from "../command.ts";
import type { Draft } from "../draft.ts";
import { isName } from "../ids.ts";
import { keyed, make, nodeRenamed } from "../references.ts";

/** Give a node another name: everything that names it follows, expressions too. Null when the name is taken or none. */
export function renameNode(draft: Draft, id: string, name: string): Command | null {
  const { template } = draft;
  if (template.nodes[id] === undefined || template.nodes[name] !== undefined || !isName(name)) return null;
  return command(draft, { key: "edit.rename_node", params: { name } }, (next) => {
    make(nodeRenamed(template, id, name), next.template);
    next.template.nodes = keyed(next.template.nodes, id, name);
    if (next.layout[id] !== undefined) next.layout = keyed(next.layout, id, name);
  });
}
