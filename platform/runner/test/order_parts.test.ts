import type { Event, JsonObject, Plan } from "@mendloop/engine";
import { describe, expect, it } from "vitest";
import { done } from "../src/parts/done.ts";
import { expectedNumbers, readCode } from "../src/parts/reading_codes.ts";
import type { OrderPart, OrderParts } from "../src/parts/types.ts";
import { notAsked } from "../src/parts/coming.ts";
import { againstIt } from "../src/parts/unsettled.ts";

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

  it("what is no good is wanted once more, also after it was built in", () => {
    const taken = sheetOf({ wanted: 0, open: 1, issued: 1 });
    const back = { verb: "give-back", body: { lines: [{ number: "BRG-1", quantity: 1 }], defective: true } } as const;
    expect(done(taken, back).parts[0]).toMatchObject({ open: 0, wanted: 1 });
    const used = done(taken, { verb: "use", body: { lines: [{ number: "BRG-1", quantity: 1 }] } });
    expect(used.parts[0]).toMatchObject({ open: 0, used: 1, used_here: 1 });
    expect(done(used, { ...back, body: { ...back.body, used: true } }).parts[0]).toMatchObject({ used: 0, used_here: 0, wanted: 1 });
  });

  it("what was asked for is not asked for again", () => {
    const asked = done(sheetOf({ missing: 2 }), { verb: "ask", body: { number: "BRG-1" } });
    expect([notAsked(sheetOf({ missing: 2 }).parts[0] ?? BEARING), notAsked(asked.parts[0] ?? BEARING)]).toEqual([2, 0]);
  });

  it("an explanation leaves a part open until somebody has accepted it", () => {
    const said = done(sheetOf({ open: 1 }), { verb: "explain", body: { number: "BRG-1", quantity: 1, reason: "lost" } });
    expect([said.parts[0]?.open, said.parts[0]?.explained_open, said.settled]).toEqual([1, 1, false]);
  });
});

describe("an order that would end", () => {
  const plan = { nodes: { fit: { kind: "step", fields: [{ id: "used", type: "parts", settings: {} }] } } } as unknown as Plan;
  const completed = { type: "StepCompleted", visit: "fit#1", answers: { used: [{ part: "BRG-1", quantity: 1, action: "used" }, { part: "BRG-1", quantity: 1, action: "removed" }] } } as unknown as Event;
  const ended = { type: "OrderEnded" } as unknown as Event;

  it("is told what of its parts is open, less what the last step says itself", () => {
    expect(againstIt(plan, [completed, ended], sheetOf({ open: 1 }))).toEqual([]);
    expect(againstIt(plan, [completed, ended], sheetOf({ open: 3 }))).toMatchObject([{ code: "parts.unsettled", params: { part: "BRG-1", quantity: 2 } }]);
  });

  it("waits for a supervisor where all that is open is explained", () => {
    expect(againstIt(plan, [ended], sheetOf({ open: 1, explained_open: 1 }))).toMatchObject([{ code: "parts.unaccepted" }]);
    expect(againstIt(plan, [ended], sheetOf({ open: 2, explained_open: 1 }))).toMatchObject([{ code: "parts.unsettled" }]);
  });

  it("counts once what was told as built in here and by the last step", () => {
    expect(againstIt(plan, [completed, ended], sheetOf({ open: 1, used: 1, used_here: 1 }))).toMatchObject([{ params: { quantity: 1 } }]);
    expect(againstIt(plan, [completed, ended], sheetOf({ open: 0, used: 1, used_here: 1 }))).toEqual([]);
  });

  it("believes what the phone has recorded and not sent yet", () => {
    const before = { visit: "fit#1", answers: { used: [{ part: "BRG-1", quantity: 2, action: "used" }] } };
    expect(againstIt(plan, [ended], sheetOf({ open: 2 }), [before])).toEqual([]);
  });

  it("leaves it to the server to count packs", () => {
    const boxes = { nodes: { fit: { kind: "step", fields: [{ id: "used", type: "parts", settings: { lines: [{ part: "BRG-1", unit: "box" }] } }] } } } as unknown as Plan;
    expect(againstIt(boxes, [completed, ended], sheetOf({ open: 10 }))).toEqual([]);
    const both = { nodes: { fit: { kind: "step", fields: [{ id: "used", type: "parts", settings: { lines: [{ part: "BRG-1", position: "fan", unit: "pcs" }, { part: "BRG-1", position: "drive", unit: "box" }] } }] } } } as unknown as Plan;
    expect(againstIt(both, [completed, ended], sheetOf({ open: 10 }))).toEqual([]);
  });

  it("goes on for all that is open", () => {
    expect(againstIt(plan, [completed], sheetOf({ open: 3 }))).toEqual([]);
    expect(againstIt(plan, [ended], undefined)).toEqual([]);
  });
});

describe("a part of which several with serial numbers were taken", () => {
  const plan = { nodes: { fit: { kind: "step", fields: [{ id: "used", type: "parts", settings: {} }] } } } as unknown as Plan;
  const says = (...lines: readonly JsonObject[]): Event => ({ type: "StepCompleted", visit: "fit#1", answers: { used: lines.map((line) => ({ part: "BRG-1", quantity: 1, action: "used", ...line })) } }) as unknown as Event;
  const two = sheetOf({ open: 2, serials: ["SN-1", "SN-2"] });

  it("must be named by the step, with which there are", () => {
    expect(againstIt(plan, [says({})], two)).toMatchObject([{ code: "order_parts.which_serial", params: { part: "BRG-1", serials: "SN-1, SN-2" } }]);
  });

  it("need not be named where it can be only one, or all", () => {
    expect(againstIt(plan, [says({ serial: "SN-1" })], two)).toEqual([]);
    expect(againstIt(plan, [says({ serial: "SN-1" }, {})], two)).toEqual([]);
    expect(againstIt(plan, [says({ quantity: 2 })], two)).toEqual([]);
    expect(againstIt(plan, [says({})], sheetOf({ open: 3, serials: ["SN-1", "SN-2"] }))).toEqual([]);
    expect(againstIt(plan, [says({ action: "removed" })], two)).toEqual([]);
  });
});
