import { describe, expect, it } from "vitest";
import type { Template } from "../../src/model/index.ts";
import { sampleOf } from "../../src/preview/fill/sample.ts";
import { aloneDocument } from "../../src/preview/plan/alone.ts";
import type { Found } from "../../src/session.ts";

const words = (text: string): { en: string } => ({ en: text });
const error = (at: string): Found => ({ code: "x", at, element: "", params: {}, severity: "error", message: words("") });

const TEMPLATE: Template = {
  format: 1, key: "t", title: words("T"), roles: { engineer: {} }, start: "first",
  nodes: {
    first: { kind: "step", title: words("First"), role: "engineer", fields: [{ id: "a", type: "text", label: words("A") }, { id: "b", type: "text", label: words("B") }], next: [{ to: "second" }] },
    second: { kind: "step", title: words("Second"), role: "nobody", fields: [{ id: "c", type: "text", label: words("C"), visible: "a ==" }, { id: "d", type: "number", label: words("D") }], next: [{ to: "gone" }] },
    which: { kind: "choice", next: [] },
  },
  scenarios: [],
};

describe("a step of a draft with errors, alone", () => {
  it("comes after all other steps, and goes on to an end", () => {
    const alone = aloneDocument(TEMPLATE, "first", []);
    expect([alone?.start, alone?.nodes["second"], alone?.nodes["first"]]).toMatchObject(["second", { next: [{ to: "first" }] }, { next: [{ to: "preview_end" }] }]);
    expect(Object.keys(alone?.nodes ?? {})).toEqual(["second", "first", "preview_end"]);
  });

  it("keeps a field whose condition is wrong, without that condition", () => {
    const alone = aloneDocument(TEMPLATE, "second", [error("/nodes/second/fields/0/visible"), error("/nodes/second/role"), error("/nodes/second/next/0/to")]);
    expect(alone?.nodes["second"]).toMatchObject({ role: "engineer", fields: [{ id: "c" }, { id: "d" }] });
    expect((alone?.nodes["second"] as { fields: readonly object[] }).fields[0]).not.toHaveProperty("visible");
  });

  it("leaves out fields that are wrong otherwise, and other steps that are wrong as a whole", () => {
    const alone = aloneDocument(TEMPLATE, "first", [error("/nodes/first/fields/1/label"), error("/nodes/second/role")]);
    expect(alone?.nodes["first"]).toMatchObject({ fields: [{ id: "a" }] });
    expect(alone?.nodes["second"]).toBeUndefined();
  });

  it("is nothing for what is no step", () => {
    expect(aloneDocument(TEMPLATE, "which", [])).toBeNull();
  });
});

describe("a text that a pattern matches", () => {
  it.each(["[A-Z]{3}-\\d{4}", "\\w+@\\w+\\.com", "(?:WM|PU)\\d{2,6}", "[^a-c]x?", "SN[0-9]{10}", "a|b", "(ab){2}", ".*", "[\\d]{2}:[\\d]{2}", "^P-\\d+$"])("%s", (pattern) => {
    expect(sampleOf(pattern)).toMatch(new RegExp(`^(?:${pattern})$`));
  });
});
