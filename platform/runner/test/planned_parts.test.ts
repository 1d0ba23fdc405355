import { expect, test } from "vitest";
import { lineMeant, tellingPosition } from "../../fields/src/parts/planned.ts";

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
