import { type Draft, routesOf } from "../../model/index.ts";
import { say } from "../../words/index.ts";
import type { Place } from "../board.ts";
import { type Block, blocksOf, type Graph, graphOf, leadsTo } from "../flow/graph.ts";

const graphs = new WeakMap<Draft["template"], { readonly graph: Graph; readonly blocks: readonly Block[] }>();

function known(draft: Draft): { readonly graph: Graph; readonly blocks: readonly Block[] } {
  const graph = graphs.get(draft.template)?.graph ?? graphOf(draft.template);
  const found = graphs.get(draft.template) ?? { graph, blocks: blocksOf(draft.template, graph) };
  graphs.set(draft.template, found);
  return found;
}

/** What a route from here to there would be: back to what comes before it is rework. */
export function newRoute(draft: Draft, from: string, to: string): "route" | "rework" {
  return leadsTo(known(draft).graph, to, from) ? "rework" : "route";
}

/** Why there can be no route from here to there, in words; null when there can. */
export function whyNotConnect(draft: Draft, from: string, to: string): string | null {
  const node = draft.template.nodes[from];
  if (node === undefined || draft.template.nodes[to] === undefined) return say("canvas.cannot_connect");
  if (node.kind === "end") return say("canvas.end_leads_nowhere");
  if (from === to) return say("canvas.not_to_itself");
  const rework = newRoute(draft, from, to) === "rework";
  if (rework && node.kind === "parallel") return say("canvas.parallel_not_back");
  if (routesOf(node).some((edge) => edge.to === to && (edge.rework === true) === rework)) return say("canvas.already_connected");
  return leavesLane(draft, from, to) ? say("canvas.lanes_apart") : null;
}

/** Why a node of this kind cannot be put there, in words; null when it can. Branches that run side by side end at their join, and nowhere else. */
export function whyNotAdd(draft: Draft, kind: string, place: Place): string | null {
  const from = "onEdge" in place ? place.onEdge.from : "after" in place ? place.after : null;
  if (kind !== "end" || from === null) return null;
  const isInLane = known(draft).blocks.some(({ parallel, branches }) => parallel === from || branches.some((branch) => branch.includes(from)));
  return isInLane || draft.template.nodes[from]?.kind === "parallel" ? say("canvas.no_end_in_branch") : null;
}

/** Branches stay apart until their join: no way leads from one into another, in, or out. */
function leavesLane(draft: Draft, from: string, to: string): boolean {
  const { blocks, graph } = known(draft);
  const isNew = (graph.into.get(to) ?? []).length === 0 && to !== draft.template.start;
  if (isNew) return false;
  return blocks.some(({ parallel, join, branches }) => {
    const [here, there] = [branches.findIndex((branch) => branch.includes(from)), branches.findIndex((branch) => branch.includes(to))];
    if (here === there) return false;
    if (here >= 0) return to !== join;
    return from !== parallel && leadsTo(graph, draft.template.start, from);
  });
}
