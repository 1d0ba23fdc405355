import { expect, test } from "vitest";
import { isCommandsAnswer } from "../src/api/shapes.ts";
import type { OutboxEntry } from "../src/store/database.ts";
import { waitAfter } from "../src/sync/backoff.ts";
import { lull } from "../src/sync/sender.ts";

const entry = (change: Partial<OutboxEntry>): OutboxEntry => ({
  id: "a", order: "o", author: "ada", type: "RecordAnswers", at: "2026-11-22T09:00:00.000Z", sequence: 1, base_revision: 2, monotonic_ms: 0, payload: {},
  photos: [], status: "waiting", attempts: 0, answered_at: null, problems: [], ...change,
});
const now = Date.parse("2026-11-22T09:00:00.500Z");

test("waiting grows with each failure, up to two minutes, and never all phones at once", () => {
  expect([1, 2, 3].map((failures) => waitAfter(failures, null, 1))).toEqual([1_000, 2_000, 4_000]);
  expect(waitAfter(50, null, 1)).toBe(120_000);
  expect(waitAfter(3, null, 0)).toBe(2_000);
});

test("a server that names its own time is obeyed", () => {
  expect(waitAfter(1, 30_000, 1)).toBe(30_000);
});

test("fresh answers rest a little before they are sent", () => {
  expect(lull([entry({})], now)).toBe(1_000);
});

test("anything else takes the answers along at once", () => {
  expect(lull([entry({}), entry({ type: "CompleteStep" })], now)).toBe(0);
  expect(lull([entry({ attempts: 1 })], now)).toBe(0);
});

test("a clock that was put back does not hold answers for ever", () => {
  expect(lull([entry({ at: "2036-11-22T09:00:00.000Z" })], now)).toBeLessThanOrEqual(1_500);
});

test("a portal's page is no answer to commands", () => {
  expect(isCommandsAnswer("<html>")).toBe(false);
  expect(isCommandsAnswer({ epoch: "e", answers: [{ id: "a", status: "fine", problems: [] }] })).toBe(false);
  expect(isCommandsAnswer({ epoch: "e", high_water: 1, answers: [{ id: "a", status: "applied", problems: [] }] })).toBe(true);
});
