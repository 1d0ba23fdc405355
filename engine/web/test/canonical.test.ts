import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalText, NotCanonical, utf8 } from "../src/canonical.ts";
import { isWellFormed } from "../src/json_values.ts";
import { sha256Hex } from "../src/sha256.ts";

describe("canonical JSON", () => {
  it("orders keys by UTF-16 code units and escapes only what the RFC names", () => {
    const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    expect(canonicalText(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
    expect(canonicalText('\u0000\u001f\b\t\n\f\r"\\/\u007f\u2028')).toBe('"\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\/\u007f\u2028"');
  });

  it("writes numbers as ECMAScript does", () => {
    const written = [0, -0, 1, 1.5, 1e21, 1e-7, 123456789012345680000, 5e-324, 1.7976931348623157e308].map(canonicalText);
    expect(written).toEqual(["0", "0", "1", "1.5", "1e+21", "1e-7", "123456789012345680000", "5e-324", "1.7976931348623157e+308"]);
  });

  it("refuses what has no bytes", () => {
    for (const value of ["\ud800", "a\udc00b", NaN, Infinity, { "\udbff": 1 }]) {
      expect(() => canonicalText(value)).toThrow(NotCanonical);
    }
    expect(isWellFormed("\ud83d\ude00")).toBe(true);
    expect(isWellFormed("\ude00\ud83d")).toBe(false);
  });

  it("encodes UTF-8 as the platform does", () => {
    const text = "aé\u07ff\u0800中\uffff😀\u{10ffff}\u0000";
    expect(utf8(text)).toEqual(Uint8Array.from(Buffer.from(text, "utf8")));
  });
});

describe("SHA-256", () => {
  it("agrees with the platform at every length around its block borders", () => {
    for (let length = 0; length < 300; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 0xff);
      expect(sha256Hex(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });
});
