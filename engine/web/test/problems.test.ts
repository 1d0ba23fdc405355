import { describe, expect, it } from "vitest";
import { messageOf } from "../src/index.ts";
import { deeper, problem } from "../src/problems.ts";

describe("a problem in words", () => {
  it("names what its parameters say, in each language", () => {
    const found = problem("safety.lock_standing", "", "", { points: ["MCC-12", "valve V3"] });
    expect(messageOf(found, "en")).toContain("MCC-12, valve V3");
    expect(messageOf(found, "zh-CN")).toContain("MCC-12, valve V3");
    expect(messageOf(problem("answer.too_small", "", "", { limit: 0.05 }), "en")).toContain("0.05");
  });

  it("says a check's own message in the reader's language", () => {
    const found = problem("answer.check_failed", "", "", { check: "c1", message: { "zh-CN": "间隙太大", en: "Too much play" } });
    expect(messageOf(found, "zh-CN")).toBe("间隙太大");
    expect(messageOf(found, "en")).toBe("Too much play");
  });

  it("falls back to English, then to the code", () => {
    const found = problem("role.missing", "", "", { role: "inspector" });
    expect(messageOf(found, "fr")).toBe(messageOf(found, "en"));
    expect(messageOf(problem("nobody.knows"), "en")).toBe("nobody.knows");
  });

  it("stands at a JSON pointer", () => {
    expect(deeper("/answers", "a/b~c", 3)).toBe("/answers/a~1b~0c/3");
  });
});
