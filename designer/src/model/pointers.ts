import { at, type Path, pathOf } from "./json.ts";
import { NOTHING, type Selection } from "./selection.ts";
import type { Template, Words } from "./template.generated.ts";

/** What to select, and which step to open, to show what a JSON pointer names. */
export interface Shown {
  readonly selection: Selection;
  /** The step whose fields have to be open; null: whichever is. */
  readonly open: string | null;
  readonly field: string | null;
}

/** What a pointer of a problem, a hit or a change names. Where it leads nowhere, the nearest there is. */
export function selectionAt(template: Template, pointer: string): Shown {
  const [root, node, list, index] = pathOf(template, pointer);
  if (root !== "nodes" || typeof node !== "string" || template.nodes[node] === undefined) return { selection: NOTHING, open: null, field: null };
  const found = at(template.nodes[node], [list ?? "", index ?? ""]);
  if (list === "next" && found !== undefined) return { selection: { kind: "edge", node, index: Number(index) }, open: null, field: null };
  if (list !== "fields") return { selection: { kind: "nodes", nodes: [node] }, open: null, field: null };
  const id = at(found, ["id"]);
  if (typeof id !== "string") return { selection: { kind: "nodes", nodes: [node] }, open: node, field: null };
  return { selection: { kind: "fields", node, fields: [id] }, open: node, field: id };
}

/** The pointer of what is selected: of the first, where it is several. */
export function pointerTo(template: Template, selection: Selection): string {
  switch (selection.kind) {
    case "template": return "";
    case "nodes": return selection.nodes[0] === undefined ? "" : `/nodes/${selection.nodes[0]}`;
    case "edge": return `/nodes/${selection.node}/next/${selection.index}`;
    case "fields": {
      const node = template.nodes[selection.node];
      const place = node?.kind === "step" ? (node.fields ?? []).findIndex(({ id }) => id === selection.fields[0]) : -1;
      return place < 0 ? `/nodes/${selection.node}` : `/nodes/${selection.node}/fields/${place}`;
    }
  }
}

/** What people call the place a pointer names, from the outside in: "Measure the shaft › Runout › Front". Empty for the template itself. */
export function nameOf(template: Template, pointer: string, read: (words: Words | undefined) => string): string {
  const path = pathOf(template, pointer);
  const names: string[] = [];
  for (let depth = 2; depth <= path.length; depth += 1) {
    const name = nameAt(template, path.slice(0, depth), read);
    if (name !== "") names.push(name);
  }
  return names.join(" › ");
}

/** What one thing is called: by its words, else by its id. A route is called by where it leads. */
function nameAt(template: Template, path: Path, read: (words: Words | undefined) => string): string {
  const found = at(template, path);
  const key = path.at(-1);
  if (typeof found === "string") return path.at(-2) === "points" ? found : "";
  const words = (at(found, ["title"]) ?? at(found, ["label"])) as Words | undefined;
  const spoken = typeof words === "object" ? read(words) : "";
  if (spoken !== "") return spoken;
  if (path.length === 2) return path[0] === "nodes" || path[0] === "roles" ? String(key) : textAt(found, ["id", "name", "product"]);
  if (path.at(-2) === "next") return `→ ${nameAt(template, ["nodes", textAt(found, ["to"])], read)}`;
  return typeof key === "number" ? textAt(found, ["id", "part"]) : "";
}

function textAt(holder: unknown, keys: readonly string[]): string {
  return keys.map((key) => at(holder, [key])).find((text): text is string => typeof text === "string") ?? "";
}
