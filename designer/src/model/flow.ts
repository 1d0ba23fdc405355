import { asList } from "./json.ts";
import type { Edge, Node, Template } from "./template.generated.ts";

/** The routes of a node; an end has none. */
export function routesOf(node: Node | undefined): readonly Edge[] {
  return node !== undefined && "next" in node ? asList(node.next) : [];
}

/** Every node that can be reached from `from` by routes that do not go back; `from` among them only if it lies on a loop. */
export function reachedFrom(template: Template, from: string, { stopAt }: { readonly stopAt?: string } = {}): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [from];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === stopAt) continue;
    for (const edge of routesOf(template.nodes[name])) {
      if (edge.rework === true || found.has(edge.to)) continue;
      found.add(edge.to);
      waiting.push(edge.to);
    }
  }
  return found;
}

/** True when a route between the two would close a loop: it goes back, and has to be rework. */
export function goesBack(template: Template, from: string, to: string): boolean {
  return from === to || reachedFrom(template, to).has(from);
}

/** Where the flow goes on after a node when only one place comes into question; null when there are none or several. */
export function onlySuccessor(node: Node | undefined): string | null {
  const targets = new Set(routesOf(node).filter((edge) => edge.rework !== true).map((edge) => edge.to));
  return targets.size === 1 ? ([...targets][0] ?? null) : null;
}

/** Where the flow usually goes on: its one successor, else where "else" leads. */
export function usualSuccessor(node: Node | undefined): string | null {
  return onlySuccessor(node) ?? (node?.kind === "parallel" ? null : routesOf(node).filter((edge) => edge.rework !== true).at(-1)?.to ?? null);
}

/** Routes that lead to a node, as `[from, index]`. */
export function routesTo(template: Template, to: string): readonly (readonly [string, number])[] {
  const found: (readonly [string, number])[] = [];
  for (const [name, node] of Object.entries(template.nodes)) routesOf(node).forEach((edge, index) => { if (edge.to === to) found.push([name, index]); });
  return found;
}
