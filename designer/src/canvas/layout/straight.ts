import { grouped } from "../flow/grouped.ts";
import type { Spot } from "../../model/index.ts";
import type { Arrangement, Item, Tie } from "./arrange.ts";

/** Rows and the order in each: what a layout algorithm is good at. `top` names the row, `x` the order in it. */
export interface Ranked {
  readonly items: ReadonlyMap<string, { readonly x: number; readonly top: number }>;
  /** The places that each way passes between its ends, row by row. */
  readonly passes: ReadonlyMap<string, readonly { readonly x: number; readonly top: number }[]>;
}

/** A node, or the place where a way passes a row. */
interface Piece {
  readonly row: number;
  readonly order: number;
  readonly w: number;
  readonly h: number;
  place: number;
  block: number;
  isDown: boolean;
  isUp: boolean;
}

/** A piece and one in the row below, joined by a way. */
interface Stretch {
  readonly upper: Piece;
  readonly lower: Piece;
  readonly worth: number;
}

const NODE_GAP = 52;
const WAY_GAP = 30;
const ROW_GAP = 30;
const SWEEPS = 14;

/** Places for what is ranked: the usual way on is a straight line, then long ways, then the rest; everything as near to its neighbours as there is room. */
export function straightened(items: readonly Item[], ties: readonly Tie[], ranked: Ranked): Arrangement {
  const tops = [...new Set([...ranked.items.values(), ...[...ranked.passes.values()].flat()].map(({ top }) => top))].sort((one, other) => one - other);
  const rowOf = new Map(tops.map((top, index) => [top, index]));
  const piece = (w: number, h: number, at: { readonly x: number; readonly top: number } | undefined): Piece => (
    { row: rowOf.get(at?.top ?? 0) ?? 0, order: at?.x ?? 0, w, h, place: 0, block: -1, isDown: false, isUp: false }
  );
  const nodes = new Map(items.map(({ id, w, h }) => [id, piece(w, h, ranked.items.get(id))]));
  const chains = new Map(ties.map((tie) => [tie.key, (ranked.passes.get(tie.key) ?? []).map((at, index) => piece(index === 0 ? tie.w : 2, index === 0 ? tie.h : 0, at))]));
  const rows = [...grouped([...nodes.values(), ...[...chains.values()].flat()], ({ row }) => row)].sort(([one], [other]) => one - other).map(([, listed]) => listed.sort((one, other) => one.order - other.order));
  for (const row of rows) for (const [index, each] of row.entries()) each.place = index;
  const stretches = ties.flatMap((tie) => stretchesOf(tie, nodes, chains));
  const count = inBlocks(rows, aligned(stretches));
  const xs = spread(rows, stretches, count);
  return readOff(items, ties, nodes, chains, rows, xs);
}

function stretchesOf({ key, from, to, weight }: Tie, nodes: ReadonlyMap<string, Piece>, chains: ReadonlyMap<string, readonly Piece[]>): readonly Stretch[] {
  const [first, last] = [nodes.get(from), nodes.get(to)];
  if (first === undefined || last === undefined) return [];
  const whole = [first, ...(chains.get(key) ?? []), last];
  const onward = whole.slice(1).map((lower, index): Stretch => {
    const upper = whole[index] ?? lower;
    const isInner = index > 0 && index < whole.length - 2;
    return { upper, lower, worth: weight * 10 + (isInner ? 5 : 0) };
  });
  return first.row < last.row ? onward : onward.map(({ upper, lower, worth }) => ({ upper: lower, lower: upper, worth }));
}

/** Stretches that become straight: the worthiest first, none across another. */
function aligned(stretches: readonly Stretch[]): readonly Stretch[] {
  const taken = new Map<number, Stretch[]>();
  return [...stretches].sort((one, other) => other.worth - one.worth).filter((stretch) => {
    const { upper, lower } = stretch;
    const others = taken.get(upper.row) ?? [];
    if (lower.row !== upper.row + 1 || upper.isDown || lower.isUp) return false;
    if (others.some((other) => (other.upper.place - upper.place) * (other.lower.place - lower.place) < 0)) return false;
    upper.isDown = lower.isUp = true;
    taken.set(upper.row, [...others, stretch]);
    return true;
  });
}

/** Pieces that stand under each other get the same block; answers how many blocks there are. */
function inBlocks(rows: readonly (readonly Piece[])[], straight: readonly Stretch[]): number {
  const above = new Map(straight.map(({ upper, lower }) => [lower, upper]));
  let count = 0;
  for (const row of rows) for (const piece of row) piece.block = above.get(piece)?.block ?? count++;
  return count;
}

interface Beside {
  readonly left: number;
  readonly right: number;
  readonly apart: number;
}

/** The middle of each block. */
function spread(rows: readonly (readonly Piece[])[], stretches: readonly Stretch[], count: number): readonly number[] {
  const beside = rows.flatMap((row) => row.slice(1).map((piece, index): Beside => besideOf(row[index] ?? piece, piece)));
  const [toRight, toLeft] = [grouped(beside, ({ left }) => left), grouped(beside, ({ right }) => right)];
  const xs = packed(count, toRight, toLeft);
  const pulls = pullsOf(stretches);
  const blocks = [...xs.keys()];
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    blocks.sort((one, other) => ((xs[other] ?? 0) - (xs[one] ?? 0)) * (sweep % 2 === 0 ? 1 : -1));
    for (const block of blocks) {
      const wanted = middleOf(pulls.get(block) ?? [], xs);
      const least = (toLeft.get(block) ?? []).reduce((most, { left, apart }) => Math.max(most, (xs[left] ?? 0) + apart), -Infinity);
      const most = (toRight.get(block) ?? []).reduce((smallest, { right, apart }) => Math.min(smallest, (xs[right] ?? 0) - apart), Infinity);
      if (wanted !== null && least <= most) xs[block] = Math.max(least, Math.min(most, wanted));
    }
  }
  return xs.map(Math.round);
}

function besideOf(left: Piece, right: Piece): Beside {
  const gap = left.h > 30 && right.h > 30 ? NODE_GAP : WAY_GAP;
  return { left: left.block, right: right.block, apart: (left.w + right.w) / 2 + gap };
}

/** As far to the left as can be. */
function packed(count: number, toRight: ReadonlyMap<number, readonly Beside[]>, toLeft: ReadonlyMap<number, readonly Beside[]>): number[] {
  const xs = Array.from({ length: count }, () => 0);
  const waiting = xs.map((_, block) => toLeft.get(block)?.length ?? 0);
  const free = [...waiting.keys()].filter((block) => waiting[block] === 0);
  for (const block of free) for (const { right, apart } of toRight.get(block) ?? []) {
    xs[right] = Math.max(xs[right] ?? 0, (xs[block] ?? 0) + apart);
    waiting[right] = (waiting[right] ?? 0) - 1;
    if (waiting[right] === 0) free.push(right);
  }
  return xs;
}

interface Pull {
  readonly to: number;
  readonly worth: number;
}

function pullsOf(stretches: readonly Stretch[]): ReadonlyMap<number, readonly Pull[]> {
  const pulls = new Map<number, Pull[]>();
  const add = (block: number, pull: Pull): void => { pulls.set(block, [...(pulls.get(block) ?? []), pull]); };
  for (const { upper, lower, worth } of stretches) {
    if (upper.block === lower.block) continue;
    add(upper.block, { to: lower.block, worth: worth + 1 });
    add(lower.block, { to: upper.block, worth: worth + 1 });
  }
  return pulls;
}

function middleOf(pulls: readonly Pull[], xs: readonly number[]): number | null {
  const worth = pulls.reduce((sum, pull) => sum + pull.worth, 0);
  return worth === 0 ? null : pulls.reduce((sum, pull) => sum + (xs[pull.to] ?? 0) * pull.worth, 0) / worth;
}

function readOff(items: readonly Item[], ties: readonly Tie[], nodes: ReadonlyMap<string, Piece>, chains: ReadonlyMap<string, readonly Piece[]>, rows: readonly (readonly Piece[])[], xs: readonly number[]): Arrangement {
  const tops: number[] = [];
  let y = 0;
  for (const row of rows) {
    tops.push(y);
    y += Math.max(...row.map(({ h }) => h), 12) + ROW_GAP;
  }
  const left = Math.min(...[...nodes.values()].map(({ block, w }) => (xs[block] ?? 0) - w / 2));
  const x = ({ block }: Piece): number => (xs[block] ?? 0) - left;
  const spots: Record<string, Spot> = {};
  for (const { id, w } of items) {
    const piece = nodes.get(id);
    if (piece !== undefined) spots[id] = { x: x(piece) - w / 2, y: tops[piece.row] ?? 0 };
  }
  const heights = rows.map((row) => Math.max(...row.map(({ h }) => h), 12));
  const bends = Object.fromEntries(ties.map(({ key }) => [key, (chains.get(key) ?? []).map((piece) => ({ x: x(piece), y: (tops[piece.row] ?? 0) + Math.min(13, (heights[piece.row] ?? 0) / 2) }))]));
  const right = Math.max(...[...nodes.values(), ...[...chains.values()].flat()].map((piece) => x(piece) + piece.w / 2), 0);
  const leftmost = Math.min(...[...chains.values()].flat().map((piece) => x(piece) - piece.w / 2), 0);
  return shifted({ spots, bends, w: right - leftmost, h: y - ROW_GAP }, -leftmost);
}

function shifted({ spots, bends, w, h }: Arrangement, by: number): Arrangement {
  const move = ({ x, y }: Spot): Spot => ({ x: Math.round(x + by), y: Math.round(y) });
  return {
    w, h,
    spots: Object.fromEntries(Object.entries(spots).map(([id, spot]) => [id, move(spot)])),
    bends: Object.fromEntries(Object.entries(bends).map(([key, points]) => [key, points.map(move)])),
  };
}
