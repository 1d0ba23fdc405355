import { expect, it } from "vitest";
import { fitted, opened, revealed, toFlow, toScreen, visible, zoomedAt, zoomStep } from "../../src/canvas/view/viewport.ts";

const VIEW = { x: 37, y: -120, zoom: 0.75 };
const ROOM = { w: 1000, h: 700 };

it("keeps what is under the pointer where it is while zooming", () => {
  const pointer = { x: 412, y: 230 };
  const before = toFlow(VIEW, pointer);
  for (const zoom of [0.1, 0.5, 1, 2]) {
    const after = toScreen(zoomedAt(VIEW, zoom, pointer), before);
    expect([Math.round(after.x), Math.round(after.y)]).toEqual([412, 230]);
  }
});

it("zooms between 10 and 200 per cent, and meets 100", () => {
  expect(zoomedAt(VIEW, 9, { x: 0, y: 0 }).zoom).toBe(2);
  expect(zoomedAt(VIEW, 0.01, { x: 0, y: 0 }).zoom).toBe(0.1);
  expect(zoomStep(0.83, 1)).toBeCloseTo(1);
  expect(zoomStep(1, 1)).toBeCloseTo(1.25);
  expect(zoomStep(zoomStep(1, 1), -1)).toBeCloseTo(1);
});

it("fits everything into the room", () => {
  const box = { x: -300, y: 40, w: 2600, h: 900 };
  const seen = visible(fitted(box, ROOM), ROOM);
  expect(seen.x).toBeLessThanOrEqual(box.x);
  expect(seen.x + seen.w).toBeGreaterThanOrEqual(box.x + box.w);
});

it("opens a long flow at its beginning, at a size that can be read", () => {
  const start = { x: 0, y: 0, w: 240, h: 92 };
  const view = opened({ x: -200, y: 0, w: 900, h: 6000 }, start, ROOM);
  expect(view.zoom).toBeGreaterThanOrEqual(0.8);
  expect(toScreen(view, start).y).toBeGreaterThan(0);
});

it("moves no further than needed to show a node", () => {
  const inSight = { x: 300, y: 500, w: 100, h: 60 };
  expect(revealed(VIEW, inSight, ROOM)).toEqual(VIEW);
  const below = { x: 300, y: 1100, w: 100, h: 60 };
  const moved = revealed(VIEW, below, ROOM);
  expect(toScreen(moved, { x: 0, y: 1160 }).y).toBeCloseTo(640);
  expect(moved.x).toBe(VIEW.x);
});
