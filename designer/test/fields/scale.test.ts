import { describe, expect, it } from "vitest";
import { domainOf, kept, type Marks, marksOf, onStep, shareOf, stepOf, valueAt, withMark } from "../../src/fields/editors/scale.ts";

const GAP: Marks = { norm: 0.02, tolerance: [0, 0.05], soft: [null, 0.08] };

describe("the scale of a reading", () => {
  it("shows every mark with room at both sides", () => {
    const { from, to } = domainOf(GAP);
    expect(from).toBeLessThan(0);
    expect(to).toBeGreaterThan(0.08);
  });
  it("exists for one mark, for none, and for a range of nothing", () => {
    for (const marks of [{ norm: 5, tolerance: [null, null], soft: [null, null] }, { norm: null, tolerance: [null, null], soft: [null, null] }, { norm: 0, tolerance: [0, 0], soft: [null, null] }] as Marks[]) {
      const { from, to } = domainOf(marks);
      expect(to).toBeGreaterThan(from);
    }
  });
  it("moves in steps that people write", () => {
    expect(stepOf({ from: 0, to: 0.1 })).toBeCloseTo(0.001);
    expect(stepOf({ from: 0, to: 300 })).toBe(2);
    expect(onStep(0.1 + 0.2, 0.001)).toBe(0.3);
    expect(String(valueAt(0.37, { from: -0.02, to: 0.1 }))).toMatch(/^-?\d\.\d{1,3}$/);
  });
  it("finds a value where it shows it", () => {
    const domain = domainOf(GAP);
    for (const [, value] of marksOf(GAP)) expect(Math.abs(valueAt(shareOf(value, domain), domain) - value)).toBeLessThanOrEqual(stepOf(domain));
  });
  it("lets no mark pass another", () => {
    expect(kept("high", 0.5, GAP)).toBe(0.08);
    expect(kept("high", -1, GAP)).toBe(0.02);
    expect(kept("norm", 9, GAP)).toBe(0.05);
    expect(kept("soft_high", 9, GAP)).toBe(9);
  });
  it("changes just one mark", () => {
    expect(withMark(GAP, "low", -0.01)).toEqual({ ...GAP, tolerance: [-0.01, 0.05] });
    expect(withMark(GAP, "soft_low", -0.02)).toEqual({ ...GAP, soft: [-0.02, 0.08] });
  });
});
