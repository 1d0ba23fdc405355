import { describe, expect, it } from "vitest";
import { learnKeywords } from "../src/keywords.ts";
import { fits } from "../src/shape.ts";

learnKeywords();

describe("the shape of an answer", () => {
  it("counts code points, not UTF-16 units", () => {
    expect(fits({ type: "string", maxLength: 2 }, "😀😀")).toBe(true);
    expect(fits({ type: "string", maxLength: 2 }, "😀😀a")).toBe(false);
    expect(fits({ type: "string", minLength: 2 }, "😀")).toBe(false);
  });

  it("tells 1 from true and 1.0 from 1.5", () => {
    expect(fits({ type: "integer" }, 1.0)).toBe(true);
    expect(fits({ type: "integer" }, 1.5)).toBe(false);
    expect(fits({ type: "integer" }, true)).toBe(false);
    expect(fits({ const: false }, 0)).toBe(false);
    expect(fits({ type: ["number", "null"] }, null)).toBe(true);
  });

  it("knows only an object's own members", () => {
    const schema = { type: "object", required: ["constructor"], additionalProperties: false, properties: { constructor: { type: "string" } } };
    expect(fits(schema, {})).toBe(false);
    expect(fits(schema, { constructor: "x" })).toBe(true);
    expect(fits(schema, JSON.parse('{"constructor": "x", "__proto__": 1}') as { constructor: string })).toBe(false);
  });

  it("ends a pattern at the end of the text", () => {
    expect(fits({ pattern: "^[0-9a-f]{4}$" }, "abcd")).toBe(true);
    expect(fits({ pattern: "^[0-9a-f]{4}$" }, "abcd\n")).toBe(false);
  });

  it("throws for what it does not know, rather than letting it pass", () => {
    expect(() => fits({ oneOf: [] }, 1)).toThrow(TypeError);
  });
});
