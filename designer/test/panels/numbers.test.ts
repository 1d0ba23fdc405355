import { describe, expect, test } from "vitest";
import { begun, outside, saysNumber, typedNumber, typingOf } from "../../src/panels/number_text.ts";

test("a number that is not kept exactly is not taken", () => {
  expect(typedNumber("9007199254740991")).toEqual({ kind: "number", value: 9007199254740991 });
  for (const text of ["9007199254740992", "-9007199254740992", "1" + "0".repeat(30)]) expect(typedNumber(text)).toEqual({ kind: "too_large" });
  expect(saysNumber("9007199254740992", undefined)).toBe(false);
});

describe("typing a number", () => {
  test("a decimal comma, full-width digits and grouping are read as people mean them", () => {
    for (const [text, value] of [["0,05", 0.05], ["0.05", 0.05], ["１２．５", 12.5], ["−3", -3], ["1,234.5", 1234.5], ["1 500", 1500], ["1,234,567", 1234567], [".5", 0.5], ["3。5", 3.5]] as const) {
      expect(typedNumber(text), text).toEqual({ kind: "number", value });
    }
  });

  test("nothing is lost on the way to a number", () => {
    expect(typedNumber("-").kind).toBe("partial");
    expect(typedNumber(".").kind).toBe("partial");
    expect(typedNumber("0.")).toEqual({ kind: "number", value: 0 });
    expect(saysNumber("0.", 0)).toBe(true); // so the point is not taken away
    expect(saysNumber("0.0", 0)).toBe(true);
    expect(saysNumber("0,5", 0.5)).toBe(true);
    expect(saysNumber("-", undefined)).toBe(true);
  });

  test("a value that changed elsewhere is shown", () => {
    expect(saysNumber("5", 6)).toBe(false);
    expect(saysNumber("5", undefined)).toBe(false);
    expect(saysNumber("abc", undefined)).toBe(false);
  });

  test("no text is no number, letters are wrong", () => {
    expect(typedNumber("  ").kind).toBe("empty");
    for (const text of ["abc", "5 mm", "1-2", "--1", "1.2.3"]) expect(typedNumber(text).kind, text).toBe("wrong");
  });

  test("limits are told by what they ask for", () => {
    expect(outside(1.5, { whole: true })).toEqual({ word: "whole", value: 1.5 });
    expect(outside(-1, { whole: false, least: 0 })).toEqual({ word: "at_least", value: 0 });
    expect(outside(0, { whole: false, above: 0 })).toEqual({ word: "above", value: 0 });
    expect(outside(11, { whole: true, most: 10 })).toEqual({ word: "at_most", value: 10 });
    expect(outside(10, { whole: true, least: 0, most: 10 })).toBeNull();
  });

  test("what is on the way to no number leaves the value that was there before", () => {
    const values = (letters: string, before: number | undefined): (number | undefined)[] => {
      let typed = { text: "", value: before, before };
      return Array.from(letters, (_, length) => {
        typed = typingOf(letters.slice(0, length + 1), begun(typed, typed.value));
        return typed.value;
      });
    };
    expect(values("-9e999", 2)).toEqual([2, -9, 2, 2, 2, 2]);
    expect(values("-9e", undefined)).toEqual([undefined, -9, undefined]);
    expect(values("-9.5", 2)).toEqual([2, -9, -9, -9.5]);
  });

  test("a value that comes from elsewhere while somebody types is the one from before", () => {
    expect(begun({ text: "-9", value: -9, before: 2 }, -9)).toBe(2);
    expect(begun({ text: "-9", value: -9, before: 2 }, 7)).toBe(7);
  });
});
