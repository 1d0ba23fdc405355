import type { WritableDraft } from "immer";
import { type Command, command } from "../command.ts";
import type { Draft } from "../draft.ts";
import { reachedFrom, routesOf, usualSuccessor } from "../flow.ts";
import type { Edge, Node, Template } from "../template.generated.ts";
import { tidyElse } from "./edges.ts";

/**
 * Take nodes away. Routes to them lead on to where they led, by their usual way where there were several. A parallel goes together
 * with its join: what stood side by side is then done one after the other. What expressions, pairs and scenarios say of them stays,
 * for the check to report.
 */
export function removeNodes(draft: Draft, ids: readonly string[]): Command | null {
  const gone = withPartners(draft.template, ids.filter((id) => draft.template.nodes[id] !== undefined));
  if (gone.size === 0) return null;
  return command(draft, { key: "edit.remove_nodes", params: { count: ids.length } }, (next) => {
    const lined = linedUp(draft.template, gone);
    const onward = (id: string): string | null => successor(lined, gone, id);
    const start = onward(draft.template.start);
    if (gone.has(draft.template.start) && start !== null) next.template.start = start;
    for (const [id, node] of Object.entries(draft.template.nodes)) {
      if (gone.has(id)) Reflect.deleteProperty(next.template.nodes, id);
      else healed(next, id, lined[id] ?? node, gone, onward);
    }
    for (const id of gone) Reflect.deleteProperty(next.layout, id);
  });
}

/** A parallel and its join are one thing to people. */
function withPartners({ nodes }: Template, ids: readonly string[]): ReadonlySet<string> {
  const gone = new Set(ids);
  for (const [id, node] of Object.entries(nodes)) {
    if (node.kind !== "parallel" || nodes[node.join] === undefined) continue;
    if (gone.has(id)) gone.add(node.join);
    else if (gone.has(node.join)) gone.add(id);
  }
  return gone;
}

/** The nodes whose routes change when the branches of each parallel that goes are put one after the other. */
function linedUp(template: Template, gone: ReadonlySet<string>): Readonly<Record<string, Node>> {
  const nodes: Record<string, Node> = { ...template.nodes };
  for (const id of gone) {
    const parallel = template.nodes[id];
    if (parallel?.kind === "parallel") lineUp({ ...template, nodes }, parallel.join, parallel.next.map((edge) => edge.to), nodes, id);
  }
  return nodes;
}

function lineUp(template: Template, join: string, branches: readonly string[], nodes: Record<string, Node>, id: string): void {
  const [first] = branches;
  const parallel = nodes[id];
  if (first === undefined || parallel?.kind !== "parallel") return;
  branches.forEach((begin, index) => {
    const onward = branches[index + 1];
    if (onward === undefined || begin === join) return;
    for (const name of [begin, ...reachedFrom(template, begin, { stopAt: join })]) {
      const node = nodes[name];
      if (node !== undefined && "next" in node && name !== join) nodes[name] = { ...node, next: node.next.map((edge) => (edge.to === join ? { ...edge, to: onward } : edge)) };
    }
  });
  const begin = branches.find((each) => each !== join) ?? join;
  nodes[id] = { ...parallel, next: [{ to: begin }] };
}

/** Where the flow goes instead of to `id`: along nodes that go too; null when that is no one place. */
function successor(nodes: Readonly<Record<string, Node>>, gone: ReadonlySet<string>, id: string): string | null {
  const seen = new Set<string>();
  let at: string | null = id;
  while (at !== null && gone.has(at)) {
    if (seen.has(at)) return null;
    seen.add(at);
    at = usualSuccessor(nodes[at]);
  }
  return at;
}

function healed(next: WritableDraft<Draft>, id: string, node: Node, gone: ReadonlySet<string>, onward: (id: string) => string | null): void {
  forgetPeople(next, id, node, gone);
  const routes = routesOf(node);
  const old = routesOf(next.template.nodes[id]);
  const isTouched = routes.some((edge, index) => gone.has(edge.to) || gone.has(edge.exit ?? "") || edge.to !== old[index]?.to);
  if (!isTouched) return;
  const kept = next.template.nodes[id];
  if (kept === undefined || !("next" in kept)) return;
  kept.next = withoutRepeats(kept.kind, routes.flatMap((edge) => healedRoute(edge, id, gone, onward)));
  tidyElse(kept);
}

function healedRoute(edge: Edge, from: string, gone: ReadonlySet<string>, onward: (id: string) => string | null): readonly Edge[] {
  const to = onward(edge.to);
  if (to === null || (to === from && gone.has(edge.to))) return [];
  if (edge.exit === undefined || !gone.has(edge.exit)) return [{ ...edge, to }];
  const { exit, ...rest } = edge;
  const otherExit = onward(exit);
  return [otherExit === null ? { ...rest, to } : { ...rest, to, exit: otherExit }];
}

/** Two ways to the same place are one: of branches any two, else only the last two, for order matters. */
function withoutRepeats(kind: Node["kind"], routes: readonly Edge[]): Edge[] {
  if (kind === "parallel") return routes.filter((edge, index) => routes.findIndex((other) => other.to === edge.to) === index);
  const kept = [...routes];
  for (;;) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (before === undefined || before.to !== last?.to || before.rework === true || last.rework === true) return kept;
    kept.splice(-2, 1);
  }
}

function forgetPeople(next: WritableDraft<Draft>, id: string, node: Node, gone: ReadonlySet<string>): void {
  if (node.kind !== "step" || !(node.not_same_person_as ?? []).some((other) => gone.has(other))) return;
  const step = next.template.nodes[id];
  if (step?.kind !== "step") return;
  const left = (node.not_same_person_as ?? []).filter((other) => !gone.has(other));
  if (left.length > 0) step.not_same_person_as = left;
  else delete step.not_same_person_as;
}
