import type { Event, Plan } from "@mendloop/engine";
import { describe, expect, it } from "vitest";
import { done } from "../src/parts/done.ts";
import { expectedNumbers, readCode } from "../src/parts/reading_codes.ts";
import type { OrderPart, OrderParts } from "../src/parts/types.ts";
import { unsettled } from "../src/parts/unsettled.ts";

const BEARING: OrderPart = {
  number: "BRG-1", name: { en: "Bearing" }, unit: "pcs", planned: 2, wanted: 2, reserved: [], missing: 0, issued: 0, used: 0, returned: 0,
  explained: 0, open: 0, explained_open: 0, serials: [], stand_ins: ["BRG-1-2RS"],
};

function sheetOf(...parts: readonly Partial<OrderPart>[]): OrderParts {
  return { order: "o", status: "open", settled: true, parts: parts.map((part) => ({ ...BEARING, ...part })), explanations: [], old_parts: [], reasons: [] };
}

describe("a label", () => {
  it("is a part's number, however it is written", () => {
    expect(readCode(" brg-1 ", sheetOf({}).parts)).toMatchObject({ number: "BRG-1", serial: null });
  });

  it("may say the serial number behind the part's number", () => {
    expect(readCode("BRG-1 | SN 7", sheetOf({}).parts)).toMatchObject({ number: "BRG-1", serial: "SN 7" });
  });

  it("may be that of a part that stands in", () => {
    expect(readCode("BRG-1-2RS", sheetOf({}).parts).number).toBe("BRG-1-2RS");
  });

  it("of a part that is not meant is nothing", () => {
    expect(readCode("BRG-12", sheetOf({}).parts).number).toBeNull();
    expect(readCode("BRG-1", sheetOf({ planned: 0 }).parts).number).toBeNull();
  });
});

it("what has still to come is expected, and all that was planned once it has come", () => {
  expect(expectedNumbers(sheetOf({ wanted: 0 }, { number: "SEAL", wanted: 1 }).parts)).toEqual(["SEAL"]);
  expect(expectedNumbers(sheetOf({ wanted: 0 }, { number: "SEAL", wanted: 0 }).parts)).toEqual(["BRG-1", "SEAL"]);
});

describe("without a network", () => {
  it("what was taken is open, and what was given back is not", () => {
    const taken = done(sheetOf({}), { verb: "issue", body: { lines: [{ number: "BRG-1", quantity: 2 }] } });
    expect([taken.parts[0]?.open, taken.parts[0]?.wanted, taken.settled]).toEqual([2, 0, false]);
    const back = done(taken, { verb: "give-back", body: { lines: [{ number: "BRG-1" }] } });
    expect([back.parts[0]?.open, back.settled]).toEqual([0, true]);
  });

  it("an explanation leaves a part open until somebody has accepted it", () => {
    const said = done(sheetOf({ open: 1 }), { verb: "explain", body: { number: "BRG-1", quantity: 1, reason: "lost" } });
    expect([said.parts[0]?.open, said.parts[0]?.explained_open, said.settled]).toEqual([1, 1, false]);
  });
});

describe("an order that would end", () => {
  const plan = { nodes: { fit: { kind: "step", fields: [{ id: "used", type: "parts" }] } } } as unknown as Plan;
  const completed = { type: "StepCompleted", visit: "fit#1", answers: { used: [{ part: "BRG-1", quantity: 1, action: "used" }, { part: "BRG-1", quantity: 1, action: "removed" }] } } as unknown as Event;
  const ended = { type: "OrderEnded" } as unknown as Event;

  it("is told what of its parts is open, less what the last step says itself", () => {
    expect(unsettled(plan, [completed, ended], sheetOf({ open: 1 }))).toEqual([]);
    expect(unsettled(plan, [completed, ended], sheetOf({ open: 3 }))).toMatchObject([{ code: "parts.unsettled", params: { part: "BRG-1", quantity: 2 } }]);
  });

  it("goes on for all that is open", () => {
    expect(unsettled(plan, [completed], sheetOf({ open: 3 }))).toEqual([]);
    expect(unsettled(plan, [ended], undefined)).toEqual([]);
  });
});
