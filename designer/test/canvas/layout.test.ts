import { describe, expect, it } from "vitest";
import { addNode, type Draft, type Spot } from "../../src/model/index.ts";
import { usualWay } from "../../src/canvas/flow/graph.ts";
import { type Arrangement, arrange } from "../../src/canvas/layout/arrange.ts";
import { dagreLayer } from "../../src/canvas/layout/dagre.ts";
import { plainly } from "../../src/canvas/layout/layouter.ts";
import { inSections } from "../../src/canvas/layout/sections.ts";
import { overlap } from "../../src/canvas/layout/place.ts";
import { flowOf, type Scene, sceneOf } from "../../src/canvas/view/scene.ts";
import { BUILTINS, builtin, chain, draftOf } from "./flows.ts";

const laidOut = (draft: Draft): Arrangement => arrange(flowOf(draft), inSections(dagreLayer));
const sceneBy = (draft: Draft): Scene => sceneOf(draft, laidOut(draft), null);
const PARALLEL = draftOf({ a: "p", p: "b1 b2", b1: "b3", b3: "j", b2: "j", j: "z", z: "" }, { p: { kind: "parallel", join: "j" }, j: { kind: "join" } });

describe.each(BUILTINS)("the layout of %s", (name) => {
  const draft = builtin(name);
  const scene = sceneBy(draft);

  it("lays no node on another", () => {
    const boxes = [...scene.boxes.values()];
    expect(boxes.filter((box, index) => boxes.slice(index + 1).some((other) => overlap(box, other, 8)))).toEqual([]);
  });

  it("leads every route that is no rework down", () => {
    for (const { link, points } of scene.wires.values()) if (link.kind === "route") expect(points.at(-1)!.y, link.key).toBeGreaterThan(points[0]!.y);
  });

  it("draws the usual way as one straight line", () => {
    const middles = [...usualWay(draft.template)].map((id) => scene.boxes.get(id)!).map(({ x, w }) => Math.round(x + w / 2));
    expect(new Set(middles).size).toBe(1);
  });

  it("leads no route through a node", () => {
    for (const { link, points } of scene.wires.values()) {
      const others = [...scene.boxes].filter(([id]) => id !== link.from && id !== link.to).map(([, box]) => box);
      const crossed = points.slice(1).filter((to, index) => others.some((box) => crosses(points[index]!, to, box)));
      expect(crossed, link.key).toEqual([]);
    }
  });

  it("has rows also without the library", () => {
    expect(Object.keys(plainly(flowOf(draft)).spots).sort()).toEqual(Object.keys(draft.template.nodes).sort());
  });
});

function crosses(from: { x: number; y: number }, to: { x: number; y: number }, box: { x: number; y: number; w: number; h: number }): boolean {
  const stretch = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(from.x - to.x), h: Math.abs(from.y - to.y) };
  return overlap(stretch, { x: box.x + 1, y: box.y + 1, w: box.w - 2, h: box.h - 2 });
}

it("puts what runs side by side in lanes beside each other, on grounds that do not touch", () => {
  const { grounds, boxes } = sceneBy(PARALLEL);
  expect(grounds).toHaveLength(2);
  expect(overlap(grounds[0]!, grounds[1]!)).toBe(false);
  expect(boxes.get("j")!.y).toBeGreaterThan(Math.max(...["b1", "b2", "b3"].map((id) => boxes.get(id)!.y + boxes.get(id)!.h)));
});

it("lets rework not shape the layout", () => {
  const plain = draftOf({ a: "b", b: "c", c: "d", d: "" });
  const again = draftOf({ a: "b", b: "c", c: "a! d", d: "" });
  expect([...sceneBy(again).boxes].map(([id, { y }]) => [id, y])).toEqual([...sceneBy(plain).boxes].map(([id, { y }]) => [id, y]));
});

it("leads rework around the nodes, each on a track of its own", () => {
  const { wires, boxes } = sceneBy(draftOf({ a: "b", b: "c", c: "a! d", d: "b! e", e: "" }));
  const [one, other] = [...wires.values()].filter(({ link }) => link.kind === "rework").map(({ points }) => points[1]!.x);
  for (const x of [one!, other!]) for (const box of boxes.values()) expect(x > box.x && x < box.x + box.w).toBe(false);
  expect(one).not.toBe(other);
});

it("keeps what stands above where it is when a node is added", () => {
  const draft = builtin("washing_machine/does_not_drain");
  const { command, id } = addNode(draft, "step", { after: "pump_check" });
  const [before, after] = [sceneBy(draft), sceneBy(command.apply(draft))];
  const offset = (scene: Scene, node: string): string => `${scene.boxes.get(node)!.x - scene.boxes.get("arrive")!.x} ${scene.boxes.get(node)!.y - scene.boxes.get("arrive")!.y}`;
  for (const node of ["isolate", "drain_filter", "hose"]) expect(offset(after, node)).toBe(offset(before, node));
  expect(after.boxes.has(id)).toBe(true);
});

it("leaves a node that was placed by hand where it is, and moves no other for it", () => {
  const draft = chain(20);
  const moved = { ...draft, layout: { n5: { x: 900, y: 33 } } };
  const [before, after] = [sceneBy(draft), sceneBy(moved)];
  expect(after.boxes.get("n5")).toMatchObject({ x: 900, y: 33 });
  for (const [id, box] of before.boxes) if (id !== "n5") expect(after.boxes.get(id)).toEqual(box);
});

it("finds room beside its neighbours for a new node where all others are placed by hand", () => {
  const draft = draftOf({ a: "b", b: "c", c: "" });
  const byHand = { ...draft, layout: { a: { x: 500, y: 500 }, c: { x: 500, y: 900 } } };
  const box = sceneBy(byHand).boxes.get("b")!;
  expect(box.x).toBeGreaterThan(400);
  expect(box.y).toBeGreaterThan(590);
});

it("lays out 2,000 nodes without an end of the stack", () => {
  const scene = sceneBy(chain(2000));
  const rows = [...scene.boxes.values()].sort((one, other) => one.y - other.y);
  expect(rows.filter((box, index) => rows.slice(index + 1, index + 6).some((other) => overlap(box, other, 8)))).toEqual([]);
}, 60_000);

it("moves nothing above, and nothing below but straight down, when a node is added to a long flow", () => {
  const draft = chain(300);
  const [before, after] = [laidOut(draft), laidOut(addNode(draft, "step", { after: "n150" }).command.apply(draft))];
  const shift = (id: string): Spot => ({ x: after.spots[id]!.x - before.spots[id]!.x, y: after.spots[id]!.y - before.spots[id]!.y });
  expect(shift("n100")).toEqual({ x: 0, y: 0 });
  expect(shift("n250").x).toBe(0);
  expect(shift("n250")).toEqual(shift("n298"));
});

it("shows a draft whose routes lead nowhere", () => {
  expect(sceneBy(draftOf({ a: "gone", b: "a" })).boxes.size).toBe(2);
});
