import { say } from "../../words/index.ts";
import type { Scene } from "../view/scene.ts";
import type { Card } from "./card.ts";
import type { Link } from "./graph.ts";

interface Placed {
  readonly key: string;
  readonly level: number;
  readonly setSize: number;
  readonly place: number;
}

/** One line of the outline: a node, or a way from it where there is something to say of it. */
export type Item =
  | (Placed & { readonly kind: "node"; readonly card: Card })
  | (Placed & { readonly kind: "route"; readonly from: string; readonly index: number; readonly isRework: boolean; readonly text: string; readonly spoken: string });

/** The flow in its order. A node's only way to the next line is not told: that is what the order says. */
export function outlineOf({ order, cards, graph, tags, draft }: Scene): readonly Item[] {
  const depth = depths(draft.template, order, graph.out);
  return order.flatMap((id, index) => {
    const card = cards.get(id);
    if (card === undefined) return [];
    const level = 1 + (depth.get(id) ?? 0);
    const node: Item = { kind: "node", key: id, level, setSize: order.length, place: index + 1, card };
    const ways = (graph.out.get(id) ?? []).filter(({ kind, to }, _, all) => kind !== "exit" && !(all.length === 1 && kind === "route" && to === order[index + 1]));
    const routes = ways.map((link, place): Item => {
      const text = textOf(link, cards.get(link.to)?.title ?? link.to, tags.get(link.key)?.text ?? "");
      return { kind: "route", key: link.key, level: level + 1, setSize: ways.length, place: place + 1, from: id, index: link.index, isRework: link.kind === "rework", text, spoken: spokenOf(link, text) };
    });
    return [node, ...routes];
  });
}

function textOf({ edge, kind }: Link, to: string, condition: string): string {
  const limit = kind === "rework" && edge.limit !== undefined ? ` ${say("canvas.limit", { count: edge.limit })}` : "";
  return (condition === "" ? to : `${condition}: ${to}`) + limit;
}

function spokenOf({ kind }: Link, text: string): string {
  return say(kind === "rework" ? "canvas.spoken_rework" : "canvas.spoken_route", { text });
}

/** How many parallels a node stands in. */
function depths({ nodes }: Scene["draft"]["template"], order: readonly string[], out: ReadonlyMap<string, readonly Link[]>): ReadonlyMap<string, number> {
  const depth = new Map<string, number>();
  for (const id of order) {
    const at = Math.max(0, (depth.get(id) ?? 0) - (nodes[id]?.kind === "join" ? 1 : 0));
    depth.set(id, at);
    const onward = at + (nodes[id]?.kind === "parallel" ? 1 : 0);
    for (const { to, kind } of out.get(id) ?? []) if (kind === "route") depth.set(to, Math.max(depth.get(to) ?? 0, onward));
  }
  return depth;
}
