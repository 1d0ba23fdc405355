import { expect, test } from "vitest";
import { numberTyped, saysWhatToType, withPoint } from "../src/numerals.ts";
import written from "./numbers_written.json";

/** The server is held to the same list. */
test.each(written.sure as [string, number][])("%j is sure to mean %d", (typed, meant) => {
  expect([numberTyped(typed), withPoint(typed)]).toEqual([meant, null]);
});

test.each(written.comma)("%j is no number, and what to type instead is one that is sure", (typed) => {
  expect(numberTyped(typed)).toBe(typed);
  expect(numberTyped(withPoint(typed) ?? "")).toBeTypeOf("number");
});

test.each(written.none)("%j is not blamed on its comma", (typed) => {
  expect([numberTyped(typed), withPoint(typed)]).toEqual([typed, null]);
});

test.each([["1,5", "1.5"], ["0，03", "0.03"], ["1.000,50", "1000.50"], ["1,000,5", "1000.5"], ["-2,25", "-2.25"], ["10,", "10"], ["1,00.5", "100.5"]])("instead of %j one types %j", (typed, instead) => {
  expect(withPoint(typed)).toBe(instead);
});

test("what a Chinese keyboard writes for a point and a minus is sure; nothing is nothing", () => {
  expect([numberTyped("1。5"), numberTyped("−4"), numberTyped("—4"), numberTyped(" "), numberTyped("")]).toEqual([1.5, -4, -4, null, null]);
});

test("only fields that are one number say what to type instead; any other keeps the words for what it does not take", () => {
  expect([saysWhatToType("number", "1,5"), saysWhatToType("integer", "1,5"), saysWhatToType("reading", { value: "1,5" })]).toEqual([true, true, true]);
  expect([saysWhatToType("text", "1,5"), saysWhatToType("number", "much"), saysWhatToType("number", 15), saysWhatToType("reading", null), saysWhatToType("reading", undefined)]).toEqual([false, false, false, false, false]);
});
