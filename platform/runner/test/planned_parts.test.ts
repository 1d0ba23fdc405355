import { expect, test } from "vitest";
import { asksAbout, lineMeant, tellingPosition } from "../../fields/src/parts/planned.ts";

const DRIVE = { part: "6205", position: "drive/de" };
const SPARE = { part: "6205" };
const SEAL = { part: "SEAL-1", position: "wet-end/seal" };
const LINES = [DRIVE, SPARE, SEAL];

test("an entry belongs to the line of its part and position, and to the only line of its part wherever it is", () => {
  expect(lineMeant(LINES, { part: "6205", position: "drive/de" })).toBe(DRIVE);
  expect(lineMeant(LINES, { part: "6205" })).toBe(SPARE);
  expect(lineMeant(LINES, { part: "6205", position: "elsewhere" })).toBeUndefined();
  expect(lineMeant(LINES, { part: "SEAL-1" })).toBe(SEAL);
  expect(lineMeant(LINES, { part: "OTHER" })).toBeUndefined();
});

test("a position is told only where the part alone does not say which line", () => {
  expect(LINES.map((line) => tellingPosition(LINES, line))).toEqual(["drive/de", undefined, undefined]);
});

test("it is asked once whether so much was really used, and never of what nobody planned", () => {
  expect([asksAbout(2, 2, 3), asksAbout(2, 3, 4), asksAbout(2, 1, 2), asksAbout(2, 4, 3)]).toEqual([true, false, false, false]);
  expect([asksAbout(null, 1, 2), asksAbout(null, 0, 1)]).toEqual([false, false]);
});
