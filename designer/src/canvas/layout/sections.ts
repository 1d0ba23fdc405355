import type { Spot } from "../../model/index.ts";
import type { Arrangement, Item, Layer, Tie } from "./arrange.ts";

/** A section holds at least so many items. */
const LEAST = 40;

/**
 * Lays out section after section: a flow is cut at nodes that every way passes. So the cost grows with the length of the flow only, no
 * recursion runs its whole length, and an edit in one section moves no other but up or down. Items come in the order of the flow.
 */
export function inSections(layer: Layer): Layer {
  return (items, ties) => {
    const cuts = cutsOf(items, ties);
    if (cuts.length === 0) return layer(items, ties);
    const edges = [0, ...cuts, items.length - 1];
    const parts = edges.slice(1).map((end, index) => {
      const begin = edges[index] ?? 0;
      const inside = items.slice(begin, end + 1);
      const names = new Set(inside.map(({ id }) => id));
      return { first: inside[0]?.id ?? "", whole: layer(inside, ties.filter(({ from, to }) => names.has(from) && names.has(to))) };
    });
    return stacked(parts);
  };
}

/** Places of items that no way leads past. */
function cutsOf(items: readonly Item[], ties: readonly Tie[]): readonly number[] {
  const place = new Map(items.map(({ id }, index) => [id, index]));
  const spans = items.map(() => 0); // how many ways begin before an item and end after it: first as differences
  const isEntered = new Set(ties.map(({ to }) => to));
  const add = (index: number, by: number): void => { spans[index] = (spans[index] ?? 0) + by; };
  for (const { from, to } of ties) {
    const ends = [place.get(from) ?? 0, place.get(to) ?? 0].sort((one, other) => one - other) as [number, number];
    if (ends[1] - ends[0] > 1) { add(ends[0] + 1, 1); add(ends[1], -1); }
  }
  const last = items.findIndex(({ id }, index) => index > 0 && !isEntered.has(id)); // what nothing leads to stands after the flow
  const cuts: number[] = [];
  let open = 0;
  for (const [index, span] of spans.entries()) {
    open += span;
    const isFree = open === 0 && index - (cuts.at(-1) ?? 0) >= LEAST && items.length - index > LEAST;
    if (isFree && (last < 0 || index < last)) cuts.push(index);
  }
  return cuts;
}

/** One under the other: each begins with the item that the one before ended with. */
function stacked(parts: readonly { readonly first: string; readonly whole: Arrangement }[]): Arrangement {
  const spots: Record<string, Spot> = {};
  const bends: Record<string, readonly Spot[]> = {};
  for (const { first, whole } of parts) {
    const [at, own] = [spots[first] ?? { x: 0, y: 0 }, whole.spots[first] ?? { x: 0, y: 0 }];
    const move = ({ x, y }: Spot): Spot => ({ x: x + at.x - own.x, y: y + at.y - own.y });
    for (const [id, spot] of Object.entries(whole.spots)) spots[id] = move(spot);
    for (const [key, points] of Object.entries(whole.bends)) bends[key] = points.map(move);
  }
  return { spots, bends, ...extent(parts.map(({ whole }) => whole)) };
}

function extent(wholes: readonly Arrangement[]): { readonly w: number; readonly h: number } {
  return { w: wholes.reduce((most, { w }) => Math.max(most, w), 0), h: wholes.reduce((sum, { h }) => sum + h, 0) };
}
