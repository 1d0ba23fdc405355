import { Graph, layout } from "@dagrejs/dagre";
import type { Spot } from "../../model/index.ts";
import type { Arrangement, Item, Tie } from "./arrange.ts";
import { type Ranked, straightened } from "./straight.ts";

/** Rows and few crossings by dagre; straight lines by our own hand: dagre straightens long ways at the cost of the usual one. */
export function dagreLayer(items: readonly Item[], ties: readonly Tie[]): Arrangement {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 50, edgesep: 30, ranksep: 60, rankalign: "top", ranker: items.length > 400 ? "tight-tree" : "network-simplex" });
  for (const { id, w, h } of items) graph.setNode(id, { width: w, height: h });
  for (const { key, from, to, weight } of ties) graph.setEdge(from, to, { weight }, key);
  layout(graph);
  return straightened(items, ties, rankedBy(graph, items, ties));
}

/** Without words, what a way passes has no height: its middle is its top. */
function rankedBy(graph: Graph, items: readonly Item[], ties: readonly Tie[]): Ranked {
  const read = new Map(items.map(({ id, h }) => {
    const { x, y } = graph.node(id) as Spot;
    return [id, { x, top: Math.round(y - h / 2) }];
  }));
  const passes = new Map(ties.map(({ key, from, to }) => {
    const { points } = graph.edge(from, to, key) as { readonly points: readonly Spot[] };
    return [key, points.slice(1, -1).map(({ x, y }) => ({ x, top: Math.round(y) }))];
  }));
  return { items: read, passes };
}
