import { expect, test } from "vitest";
import type { LiveOrder } from "../src/order/live_order.ts";
import { answersIn, lostOf, reasonsIn } from "../src/order/lost.ts";
import type { OutboxEntry } from "../src/store/database.ts";

const entry = (id: string, payload: OutboxEntry["payload"], order = "o"): OutboxEntry => ({
  id, order, author: "bo", type: "RecordAnswers", at: "2026-11-22T09:00:00.000Z", sequence: 1, base_revision: 2, monotonic_ms: 0, payload,
  photos: [], status: "parked", attempts: 1, answered_at: null, problems: [],
});
const order = { id: "o", visit: (visit: string) => (["align#1", "dismantle#1"].includes(visit) ? {} : undefined) } as unknown as LiveOrder;
const parked = [entry("a", { visit: "align#1" }), entry("b", { visit: "dismantle#1" }), entry("c", { visit: "fit#1" }), entry("d", {}), entry("e", { visit: "align#1" }, "another")];
const told = (visit?: string): readonly string[] => lostOf(parked, order, visit).map(({ visit: where, entries }) => `${where}: ${entries.map(({ id }) => id).join()}`);

test("a step tells of its own lost work, and of what was done in visits that the order never had", () => {
  expect(told("align#1")).toEqual(["align#1: a", "fit#1: c", ": d"]);
});

test("the order's screens tell of all that was lost, visit by visit", () => {
  expect(told()).toEqual(["align#1: a", "dismantle#1: b", "fit#1: c", ": d"]);
});

test("what was entered last is what was entered; what was taken back was not", () => {
  const entries = [entry("a", { answers: { gap: 1, foot: 2 } }), entry("b", { answers: { gap: 3, foot: null }, reasons: { gap: "worn" } })];
  expect(answersIn(entries)).toEqual({ gap: 3 });
  expect(reasonsIn(entries)).toEqual({ gap: "worn" });
});
