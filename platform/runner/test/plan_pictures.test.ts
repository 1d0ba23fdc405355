import { zoomed, moved, MOST, WHOLE } from "@mendloop/fields/widgets/zoom.ts";
import { describe, expect, it } from "vitest";
import { picturesOf } from "../src/photos/plan_pictures.ts";

const A = "a".repeat(64);
const B = "b".repeat(64);

describe("the pictures of a plan", () => {
  it("are those of all its instructions, each once", () => {
    const field = (...hashes: readonly string[]): object => ({ type: "instruction", settings: { pictures: hashes.map((sha256, place) => ({ id: `p${place}`, sha256 })) } });
    expect(picturesOf({ nodes: { one: { fields: [field(A, B)] }, two: { fields: [field(A), { type: "text", settings: {} }] }, end: {} } })).toEqual([A, B]);
  });
  it("are none where plans were made before there were any", () => {
    expect(picturesOf({ nodes: { one: { fields: [{ type: "instruction", settings: { pictures: null } }, { type: "text" }] } } })).toEqual([]);
    expect(picturesOf({})).toEqual([]);
  });
});

describe("a picture seen close", () => {
  const frame = { width: 400, height: 800 };
  it("keeps what lies under the fingers there", () => {
    const { scale, x, y } = zoomed(WHOLE, 2, { x: 50, y: -100 }, frame);
    expect([scale, x + 50 * 2, y - 100 * 2]).toEqual([2, 50, -100]);
  });
  it("is never smaller than whole, nor larger than it can be read", () => {
    expect(zoomed(WHOLE, 0.2, { x: 0, y: 0 }, frame)).toEqual(WHOLE);
    expect(zoomed(WHOLE, 99, { x: 0, y: 0 }, frame).scale).toBe(MOST);
  });
  it("does not leave the screen when it is moved", () => {
    const near = zoomed(WHOLE, 2, { x: 0, y: 0 }, frame);
    expect(moved(near, { x: 9999, y: -9999 }, frame)).toEqual({ scale: 2, x: 200, y: -400 });
    expect(moved(WHOLE, { x: 30, y: 30 }, frame)).toEqual(WHOLE);
  });
});
