import type { Spot } from "../../model/index.ts";
import type { Box } from "../layout/place.ts";

const ROUND = 12;

/** Without points that a straight line passes anyway, and without steps too small to see. */
export function tidied(points: readonly Spot[]): readonly Spot[] {
  const kept: Spot[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last !== undefined && Math.abs(last.x - point.x) < 0.5 && Math.abs(last.y - point.y) < 0.5) continue;
    const before = kept.at(-2);
    if (last !== undefined && before !== undefined && inLine(before, last, point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

function inLine(one: Spot, two: Spot, three: Spot): boolean {
  return (Math.abs(one.x - two.x) < 0.5 && Math.abs(two.x - three.x) < 0.5) || (Math.abs(one.y - two.y) < 0.5 && Math.abs(two.y - three.y) < 0.5);
}

/** An SVG path through these points, with round corners. */
export function pathThrough(points: readonly Spot[]): string {
  const [first] = points;
  if (first === undefined) return "";
  let path = `M${first.x} ${first.y}`;
  for (let index = 1; index < points.length - 1; index += 1) path += corner(points, index);
  const last = points.at(-1) ?? first;
  return `${path}L${last.x} ${last.y}`;
}

function corner(points: readonly Spot[], index: number): string {
  const [before, at, after] = [points[index - 1], points[index], points[index + 1]];
  if (before === undefined || at === undefined || after === undefined) return "";
  const radius = Math.min(ROUND, distance(before, at) / 2, distance(at, after) / 2);
  const [from, to] = [towards(at, before, radius), towards(at, after, radius)];
  return `L${from.x} ${from.y}Q${at.x} ${at.y} ${to.x} ${to.y}`;
}

function towards(from: Spot, to: Spot, length: number): Spot {
  const whole = distance(from, to) || 1;
  const rounded = (value: number): number => Math.round(value * 10) / 10;
  return { x: rounded(from.x + ((to.x - from.x) * length) / whole), y: rounded(from.y + ((to.y - from.y) * length) / whole) };
}

export function distance(one: Spot, other: Spot): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

export function boxOf(points: readonly Spot[], margin: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left - margin, y: top - margin, w: right - left + 2 * margin, h: bottom - top + 2 * margin };
}

/** How far a point is from a way. */
export function distanceTo(points: readonly Spot[], point: Spot): number {
  let nearest = Infinity;
  for (let index = 1; index < points.length; index += 1) {
    const [from, to] = [points[index - 1], points[index]];
    if (from !== undefined && to !== undefined) nearest = Math.min(nearest, distanceToStretch(from, to, point));
  }
  return nearest;
}

function distanceToStretch(from: Spot, to: Spot, { x, y }: Spot): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const near = Math.max(0, Math.min(1, along));
  return Math.hypot(x - from.x - near * dx, y - from.y - near * dy);
}
