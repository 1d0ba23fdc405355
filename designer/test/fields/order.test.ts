import { describe, expect, it } from "vitest";
import { gapAt, gathered, moved, placeAfter, scrollSpeed, stretch } from "../../src/fields/order.ts";

const SPANS = [{ top: 0, bottom: 50 }, { top: 60, bottom: 110 }, { top: 120, bottom: 320 }];

describe("putting fields into another order", () => {
  it("finds the gap that the pointer is nearest to", () => {
    expect([-10, 24, 26, 84, 86, 219, 221, 999].map((y) => gapAt(SPANS, y))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });
  it("knows that what is taken out leaves no gap", () => { expect([placeAfter(1, 0), placeAfter(1, 1), placeAfter(1, 2), placeAfter(1, 3)]).toEqual([0, 1, 1, 2]); });
  it("moves one", () => { expect(moved(["a", "b", "c", "d"], 3, 1)).toEqual(["a", "d", "b", "c"]); });
  it("gathers several in the order in which they stood", () => {
    const chosen = (each: string): boolean => "bd".includes(each);
    expect(gathered(["a", "b", "c", "d", "e"], chosen, 5).join("")).toBe("acebd");
    expect(gathered(["a", "b", "c", "d", "e"], chosen, 0).join("")).toBe("bdace");
    expect(gathered(["a", "b", "c", "d", "e"], chosen, 3).join("")).toBe("acbde");
  });
  it("loses and doubles nothing, whatever is gathered where", () => {
    const list = "abcdefg".split("");
    for (let mask = 0; mask < 128; mask += 1) for (let gap = 0; gap <= 7; gap += 1) {
      expect([...gathered(list, (each) => (mask & (1 << list.indexOf(each))) !== 0, gap)].sort()).toEqual(list);
    }
  });
  it("scrolls at the edges, faster the nearer", () => {
    const box = { top: 100, bottom: 900 };
    expect(scrollSpeed(500, box)).toBe(0);
    expect(scrollSpeed(895, box)).toBeGreaterThan(scrollSpeed(850, box));
    expect(scrollSpeed(101, box)).toBeLessThan(0);
    expect(Math.abs(scrollSpeed(-4000, box))).toBeLessThanOrEqual(18);
  });
  it("chooses what lies between two clicks, in either direction", () => {
    expect(stretch(["a", "b", "c", "d"], "d", "b")).toEqual(["b", "c", "d"]);
    expect(stretch(["a", "b"], undefined, "b")).toEqual(["b"]);
    expect(stretch(["a", "b"], "gone", "b")).toEqual(["b"]);
  });
});
