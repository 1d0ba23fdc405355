import { expect, test } from "vitest";
import { reasonOfRework } from "../src/order/rework_reason.ts";
import { edge, field, plan, step, words } from "./plan.ts";

const result = field("result", "choice", { options: [{ id: "option_1", label: words("Fine") }, { id: "option_2", label: { en: "Sent back", "zh-CN": "退回" } }] });
const back = edge("repair", { id: "check/0", rework: true, reason_field: "result" });
const course = plan("repair", [step("repair", [], [edge("check")]), step("check", [result, field("why", "text")], [back, { ...back, id: "check/1", reason_field: "why" }])]);

test("a reason that was chosen reads as the option is called, in both languages", () => {
  expect(reasonOfRework(course, { edge: "check/0", reason: "option_2", from: "check#1" })).toEqual({ en: "Sent back", "zh-CN": "退回" });
});

test("a reason that was written reads as it was written", () => {
  expect(reasonOfRework(course, { edge: "check/0", reason: "It leaks", from: "check#1" })).toBe("It leaks");
  expect(reasonOfRework(course, { edge: "check/1", reason: "option_2", from: "check#1" })).toBe("option_2");
  expect(reasonOfRework(course, { edge: "gone", reason: "option_2", from: "gone#3" })).toBe("option_2");
});
