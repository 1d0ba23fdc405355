import type { Spot } from "../../model/index.ts";
import type { Box } from "../layout/place.ts";
import type { Course } from "./down.ts";
import { tidied } from "./path.ts";

const CLEAR = 26;
const TRACK = 34;
const TAG_HEIGHT = 34;

/** A way that goes back, or up: out of the side of a box, along the flow and into the side of another. */
export interface Return {
  readonly key: string;
  readonly from: Box;
  readonly to: Box;
  /** How wide its words are. */
  readonly w: number;
}

/** Ways around the flow and past `standing`, each on a track of its own where they would lie on each other; the longest run outermost. */
export function around(returns: readonly Return[], boxes: readonly Box[], standing: readonly Box[] = []): ReadonlyMap<string, Course> {
  const sides: Record<"left" | "right", Taken[]> = { left: [], right: [] };
  const courses = new Map<string, Course>();
  const obstacles = [...boxes, ...standing];
  for (const way of [...returns].sort((one, other) => spanOf(one) - spanOf(other))) {
    const taken = sideOf(way, obstacles, sides);
    sides[taken.side].push(taken);
    courses.set(way.key, courseOf(way, taken, boxes));
  }
  return courses;
}

interface Taken {
  readonly side: "left" | "right";
  readonly x: number;
  readonly tagY: number;
  readonly w: number;
  readonly top: number;
  readonly bottom: number;
}

function spanOf({ from, to }: Return): number {
  return Math.abs(from.y - to.y);
}

function heightOf({ from, to }: Pick<Return, "from" | "to">): readonly [number, number] {
  return [Math.min(from.y, to.y), Math.max(from.y + from.h, to.y + to.h)];
}

/** The side on which the way is shorter; the right one when both are. */
function sideOf(way: Return, boxes: readonly Box[], sides: Readonly<Record<"left" | "right", readonly Taken[]>>): Taken {
  const [least, most] = reachOf(way, boxes);
  const right = trackOn("right", way, most, sides.right);
  const left = trackOn("left", way, -least, sides.left);
  return lengthBy(way, left) + 40 < lengthBy(way, right) ? left : right;
}

/** How far to the left and to the right there is something beside the way. */
function reachOf(way: Return, boxes: readonly Box[]): readonly [number, number] {
  const { from, to } = way;
  const [top, bottom] = heightOf(way);
  let [least, most] = [Math.min(from.x, to.x), Math.max(from.x + from.w, to.x + to.w)];
  for (const { x, y, w, h } of boxes) {
    if (y >= bottom || y + h <= top) continue;
    if (x < least) least = x;
    if (x + w > most) most = x + w;
  }
  return [least, most];
}

function lengthBy({ from, to }: Return, { side, x }: Taken): number {
  return side === "right" ? 2 * x - (from.x + from.w) - (to.x + to.w) : from.x + to.x - 2 * x;
}

function trackOn(side: "left" | "right", { from, to, w }: Return, reach: number, taken: readonly Taken[]): Taken {
  const [top, bottom] = heightOf({ from, to });
  const sign = side === "right" ? 1 : -1;
  let x = reach + CLEAR;
  const across = taken.filter((other) => other.top < bottom && other.bottom > top);
  while (across.some((other) => Math.abs(other.x * sign - x) < TRACK - 1)) x += TRACK;
  return { side, x: x * sign, top, bottom, w, tagY: freeHeight(nearBegin(from, to), across) };
}

/** Words stand near the node that goes back. */
function nearBegin(from: Box, to: Box): number {
  const [begin, end] = [from.y + from.h / 2, to.y + to.h / 2];
  return begin + Math.sign(end - begin) * Math.min(64, Math.abs(end - begin) / 2);
}

/** Words of ways beside each other stand one under the other. */
function freeHeight(wanted: number, others: readonly Taken[]): number {
  for (let step = 0; step < 20; step += 1) {
    const y = wanted + (step % 2 === 0 ? 1 : -1) * Math.ceil(step / 2) * TAG_HEIGHT;
    if (!others.some(({ tagY }) => Math.abs(tagY - y) < TAG_HEIGHT)) return Math.round(y);
  }
  return wanted;
}

function courseOf({ from, to, w }: Return, { side, x, tagY }: Taken, boxes: readonly Box[]): Course {
  const out = leaving(from, side, x, boxes);
  const into = leaving(to, side, x, boxes);
  const points = tidied([...out, ...into.reverse()]);
  const sign = side === "right" ? 1 : -1;
  const tag = { x: x + sign * (w / 2 - 14), y: tagY };
  return { points, tag, tags: [tag] };
}

/** From the side of a box to the track; over its head where a neighbour stands in the way. */
function leaving(box: Box, side: "left" | "right", x: number, boxes: readonly Box[]): Spot[] {
  const from = { x: side === "right" ? box.x + box.w : box.x, y: Math.round(box.y + box.h / 2) };
  const [low, high] = [Math.min(from.x, x), Math.max(from.x, x)];
  const isBlocked = boxes.some((other) => other.y - 6 < from.y && other.y + other.h + 6 > from.y && other.x < high && other.x + other.w > low && other !== box);
  if (!isBlocked) return [from, { x, y: from.y }];
  const stem = from.x + (side === "right" ? 18 : -18);
  const over = box.y - 14;
  return [from, { x: stem, y: from.y }, { x: stem, y: over }, { x, y: over }];
}
