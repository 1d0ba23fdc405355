import { onlySuccessor } from "../flow.ts";
import type { Edge, Node, Template } from "../template.generated.ts";

/** True when `side` leads to `node` from somewhere from where `base` does not: whoever takes the node away does not know of that. */
export function leadsAnew(base: Template, side: Template, node: string): boolean {
  const known = new Set(waysTo(base, node));
  return waysTo(side, node).some((way) => !known.has(way));
}

function waysTo(template: Template, node: string): readonly string[] {
  const ways = Object.entries(template.nodes).flatMap(([from, each]) => waysFrom(each).filter(([to]) => to === node).map(([, how]) => `${from} ${how}`));
  return template.start === node ? ["start", ...ways] : ways;
}

function waysFrom(node: Node): readonly (readonly [string | undefined, string])[] {
  const routes: readonly Edge[] = "next" in node ? node.next : [];
  const ways = routes.flatMap(({ to, exit }) => [[to, "to"], [exit, "exit"]] as const);
  return node.kind === "parallel" ? [...ways, [node.join, "join"]] : ways;
}

/** Let what still leads to a node that is no longer there lead on to where that led, when that is one place. */
export function healed(template: Template, known: readonly Template[]): Template {
  const gone = new Map(known.flatMap(({ nodes }) => Object.entries(nodes).filter(([name]) => template.nodes[name] === undefined)));
  const onward = (to: string): string => (gone.has(to) ? (goal(template, gone, to) ?? to) : to);
  const nodes = Object.entries(template.nodes).map(([name, node]) => [name, healedNode(node, onward)] as const);
  const start = onward(template.start);
  const isWhole = start === template.start && nodes.every(([name, node]) => node === template.nodes[name]);
  return isWhole ? template : { ...template, start, nodes: Object.fromEntries(nodes) };
}

/** Where the flow goes on behind nodes that are gone. */
function goal(template: Template, gone: ReadonlyMap<string, Node>, from: string): string | null {
  const seen = new Set<string>();
  let at: string | null = from;
  while (at !== null && template.nodes[at] === undefined && !seen.has(at)) {
    seen.add(at);
    at = onlySuccessor(gone.get(at));
  }
  return at !== null && template.nodes[at] !== undefined ? at : null;
}

function healedNode(node: Node, onward: (to: string) => string): Node {
  if (!("next" in node) || node.next.every(({ to }) => onward(to) === to)) return node;
  return { ...node, next: node.next.map((edge) => ({ ...edge, to: onward(edge.to) })) };
}
