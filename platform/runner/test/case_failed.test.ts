import type { Json } from "@mendloop/engine";
import { expect, test } from "vitest";
import { askedAt, askedOf } from "../src/knowledge/asking.ts";
import { isDiagnosis } from "../src/knowledge/diagnosing.ts";
import { failedChecks } from "../src/knowledge/failed.ts";
import { field, newOrder, plan, step } from "./plan.ts";

const runout = field("runout", "reading", { unit: "mm", tolerance: [0.01, 0.05] });
const open = field("vacuum", "reading", { unit: "Pa", tolerance: [null, 67] });
const found = field("found", "table", { columns: [{ id: "velocity", type: "reading", tolerance: [0, 5.1] }, { id: "place", type: "text" }] });
const list = field("condition", "checklist", { items: [{ id: "bores" }, { id: "face" }] });

test.each<[Json | undefined, readonly string[]]>([
  [{ value: 0.06 }, ["rotor.runout+"]], [{ value: 0 }, ["rotor.runout-"]], [{ value: 0.05 }, []], [undefined, []], ["nonsense", []],
])("a reading of %o is off at %o", (answer, off) => { expect(failedChecks("rotor", runout, answer)).toEqual(off); });

test("an open end of a tolerance is no limit", () => {
  expect(failedChecks("evacuate", open, { value: -1 })).toEqual([]);
  expect(failedChecks("evacuate", open, { value: 68 })).toEqual(["evacuate.vacuum+"]);
});

test("items that are not ok, and columns that are off in any row, are named", () => {
  expect(failedChecks("housing", list, { bores: { result: "not_ok" }, face: { result: "ok" } })).toEqual(["housing.condition.bores"]);
  expect(failedChecks("as_found", found, [{ velocity: { value: 4 } }, { velocity: { value: 7 }, place: "DE" }, { velocity: { value: 8 } }])).toEqual(["as_found.found.velocity+"]);
});

test("an order asks with its product, fault, place and all that was off so far; the check that just failed first", () => {
  const flow = plan("rotor", [step("rotor", [runout, list], [])]);
  const visit = { visit: "rotor#1", node: "rotor", number: 1, by: "ada", by_name: null, status: "running", opened_at: "", started_at: "", completed_at: null, worked_ms: 0, reasons: {}, rework: null } as const;
  const order = { ...newOrder(), visits: [{ ...visit, answers: { condition: { bores: { result: "not_ok" } } } }], parent: { id: "o", number: "1", position: "pump/rotor" } };
  expect(askedOf(order, flow)).toMatchObject({ product: "pump", checks: ["rotor.condition.bores"], positions: ["pump/rotor"], place: null });
  expect(askedAt(order, flow, "rotor.runout+")).toMatchObject({ checks: ["rotor.runout+", "rotor.condition.bores"], place: "rotor.runout+" });
});

test("a step in which somebody says what is wrong is a diagnosis, as its template names it", () => {
  expect(isDiagnosis(step("circuit", [field("finding", "choice")], []))).toBe(true);
  expect(isDiagnosis(step("diagnose", [], []))).toBe(true);
  expect(isDiagnosis(step("inspect", [field("verdict", "choice"), field("findings", "long_text")], []))).toBe(false);
});
