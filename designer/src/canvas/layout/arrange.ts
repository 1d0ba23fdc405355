import type { Block } from "../flow/graph.ts";
import type { Spot } from "../../model/index.ts";

export interface Item {
  readonly id: string;
  readonly w: number;
  readonly h: number;
}

/** A way that shapes the layout; `w` and `h` are what its words need. */
export interface Tie {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly w: number;
  readonly h: number;
  readonly weight: number;
}

export interface Flow {
  readonly items: readonly Item[];
  readonly ties: readonly Tie[];
  readonly blocks: readonly Block[];
}

/** Left upper corners of items, the places that ways pass on their way down, and how large it all is. */
export interface Arrangement {
  readonly spots: Readonly<Record<string, Spot>>;
  readonly bends: Readonly<Record<string, readonly Spot[]>>;
  readonly w: number;
  readonly h: number;
}

/** Puts items in rows from top to bottom. */
export type Layer = (items: readonly Item[], ties: readonly Tie[]) => Arrangement;

/** Between the lanes of a block, and around what stands in one. */
export const LANE_GAP = 64;
const ROW_GAP = 78;
const FOOT_GAP = 48;

/** What runs side by side is arranged on its own, lane beside lane, and takes part in the whole as one piece. */
export function arrange(flow: Flow, layer: Layer): Arrangement {
  const tops = outermost(flow);
  if (tops.length === 0) return layer(flow.items, flow.ties);
  const pieces = new Map(tops.map((block) => [block.parallel, pieceOf(block, flow, layer)]));
  const holder = holders(tops);
  const items = flow.items.flatMap((item) => {
    const inside = holder.get(item.id);
    if (inside === undefined) return [item];
    const piece = pieces.get(item.id);
    return piece === undefined ? [] : [{ id: item.id, w: piece.w, h: piece.h }];
  });
  const ties = flow.ties.map((tie) => ({ ...tie, from: holder.get(tie.from) ?? tie.from, to: holder.get(tie.to) ?? tie.to })).filter(({ from, to }) => from !== to);
  return unfolded(flow, layer(items, ties), pieces, tops);
}

/** Blocks that lie in no other, and wholly in this flow. */
function outermost({ items, blocks }: Flow): readonly Block[] {
  const here = new Set(items.map(({ id }) => id));
  const whole = blocks.filter(({ parallel, join, branches }) => [parallel, join, ...branches.flat()].every((id) => here.has(id)));
  const inner = new Set(whole.flatMap(({ branches }) => branches.flat()));
  const taken = new Set<string>();
  return whole.filter(({ parallel, join }) => {
    if (inner.has(parallel) || taken.has(join)) return false;
    taken.add(join);
    return true;
  });
}

function holders(tops: readonly Block[]): ReadonlyMap<string, string> {
  return new Map(tops.flatMap(({ parallel, join, branches }) => [parallel, join, ...branches.flat()].map((id) => [id, parallel] as const)));
}

function pieceOf({ parallel, join, branches }: Block, flow: Flow, layer: Layer): Arrangement {
  const lanes = branches.map((branch) => laneOf(new Set(branch), join, flow, layer));
  const [head, foot] = [parallel, join].map((name) => flow.items.find(({ id }) => id === name) ?? { id: name, w: 0, h: 0 }) as [Item, Item];
  const lanesWidth = lanes.reduce((sum, { w }) => sum + w, 0) + LANE_GAP * (lanes.length - 1);
  const w = 2 * Math.ceil(Math.max(lanesWidth, head.w, foot.w) / 2); // even: its middle is no half pixel
  const inner = Math.max(...lanes.map(({ h }) => h));
  const spots: Record<string, Spot> = { [parallel]: { x: (w - head.w) / 2, y: 0 }, [join]: { x: (w - foot.w) / 2, y: head.h + ROW_GAP + inner + FOOT_GAP } };
  const bends: Record<string, readonly Spot[]> = {};
  let x = (w - lanesWidth) / 2;
  for (const lane of lanes) {
    moveInto(spots, bends, lane, { x, y: head.h + ROW_GAP });
    x += lane.w + LANE_GAP;
  }
  return { spots, bends, w, h: head.h + ROW_GAP + inner + FOOT_GAP + foot.h };
}

/** Where all ways out of a lane meet, under it. */
const MOUTH = "(mouth)";

function laneOf(inside: ReadonlySet<string>, join: string, { items, ties, blocks }: Flow, layer: Layer): Arrangement {
  const within = ties.filter(({ from, to }) => inside.has(from) && (inside.has(to) || to === join)).map((tie) => (tie.to === join ? { ...tie, to: MOUTH } : tie));
  const lane = arrange({
    items: [...items.filter(({ id }) => inside.has(id)), { id: MOUTH, w: 2, h: 2 }],
    ties: within,
    blocks: blocks.filter(({ parallel }) => inside.has(parallel)),
  }, layer);
  const mouth = lane.spots[MOUTH] ?? { x: 0, y: 0 };
  const bends = Object.fromEntries(Object.entries(lane.bends).map(([key, points]) => [key, within.some((tie) => tie.key === key && tie.to === MOUTH) ? [...points, { x: mouth.x + 1, y: mouth.y }] : points]));
  const { [MOUTH]: _, ...spots } = lane.spots;
  return { spots, bends, w: lane.w, h: mouth.y };
}

function moveInto(spots: Record<string, Spot>, bends: Record<string, readonly Spot[]>, from: Arrangement, { x, y }: Spot): void {
  for (const [id, spot] of Object.entries(from.spots)) spots[id] = { x: spot.x + x, y: spot.y + y };
  for (const [key, points] of Object.entries(from.bends)) bends[key] = points.map((point) => ({ x: point.x + x, y: point.y + y }));
}

function unfolded({ ties }: Flow, whole: Arrangement, pieces: ReadonlyMap<string, Arrangement>, tops: readonly Block[]): Arrangement {
  const spots: Record<string, Spot> = {};
  const bends: Record<string, readonly Spot[]> = { ...whole.bends };
  const branching = new Set(tops.flatMap(({ branches }) => branches.flat()));
  for (const { key, from, to } of ties) if (branching.has(from) || branching.has(to)) Reflect.deleteProperty(bends, key); // led anew, or in its lane
  for (const [id, spot] of Object.entries(whole.spots)) {
    const piece = pieces.get(id);
    if (piece === undefined) spots[id] = spot;
    else moveInto(spots, bends, piece, spot);
  }
  return { spots, bends, w: whole.w, h: whole.h };
}
