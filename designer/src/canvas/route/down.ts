import type { Spot } from "../../model/index.ts";
import type { Box } from "../layout/place.ts";
import { tidied } from "./path.ts";

/** Ways turn this far above and below their words. */
const TURN = 20;
/** A way that ends lower than this under its beginning goes straight down, else around. */
export const LEAST_FALL = 24;

export interface Course {
  readonly points: readonly Spot[];
  /** Where its words and its "+" stand: their middle. */
  readonly tag: Spot;
  /** Where else they could stand, the best place first. */
  readonly tags: readonly Spot[];
}

export const foot = ({ x, y, w, h }: Box): Spot => ({ x: x + w / 2, y: y + h });
export const head = ({ x, y, w }: Box): Spot => ({ x: x + w / 2, y });

export function canFall(from: Box, to: Box): boolean {
  return to.y - (from.y + from.h) >= LEAST_FALL;
}

/** From the foot of one box down to the head of another, by the places that the layout keeps free for it. */
export function down(from: Box, to: Box, bends: readonly Spot[] | undefined): Course {
  const [start, end] = [foot(from), head(to)];
  return bends === undefined || bends.length === 0 ? direct(start, end) : throughBends(start, end, bends);
}

function direct(start: Spot, end: Spot): Course {
  const middle = Math.round(Math.min((start.y + end.y) / 2, start.y + 48));
  const points = tidied([start, { x: start.x, y: middle }, { x: end.x, y: middle }, end]);
  const straight = points.length === 2;
  const tag = { x: end.x, y: Math.round(straight ? (start.y + end.y) / 2 : (middle + end.y) / 2) };
  return { points, tag, tags: [tag] };
}

/** The layout keeps room between two rows (1st, 3rd, … bend) and beside the nodes of a row (2nd, 4th, …): turns are made between rows. */
function throughBends(start: Spot, end: Spot, bends: readonly Spot[]): Course {
  const points: Spot[] = [start];
  let at = start;
  for (const [index, bend] of bends.entries()) {
    const isBetween = index % 2 === 0;
    const before = bends[index - 1] ?? start;
    const y = isBetween ? Math.max(bend.y - TURN, Math.min(before.y + 6, bend.y)) : before.y + TURN;
    points.push({ x: at.x, y }, { x: bend.x, y });
    at = bend;
  }
  const y = Math.min(at.y + TURN, end.y - 10);
  points.push({ x: at.x, y }, { x: end.x, y }, end);
  const tags = bends.filter((_, index) => index % 2 === 0);
  return { points: tidied(points), tag: tags[0] ?? end, tags };
}
