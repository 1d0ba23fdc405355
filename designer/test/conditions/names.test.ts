import { expect, test } from "vitest";
import { possible } from "../../src/conditions/names.ts";
import type { Template } from "../../src/model/index.ts";

const TEMPLATE: Template = {
  format: 1, key: "pump", title: { en: "Pump" }, roles: { engineer: {} }, start: "first",
  nodes: {
    first: { kind: "step", role: "engineer", title: { en: "First" }, next: [{ to: "done" }], fields: [{ id: "gap", type: "reading", unit: "mm" }, { id: "gap_2", type: "reading", unit: "mm" }] },
    done: { kind: "end", outcome: "repaired" },
  },
};
const NAMES = ["gap.value", "gap.in_tolerance", "gap_2.value", "order.product"].map((name) => ({ name, type: "double", label: {} }));

function offered(pointer: string): readonly string[] {
  return possible(NAMES, TEMPLATE, pointer).map(({ name }) => name);
}

test("whether a field is shown or required cannot hang on itself", () => {
  expect(offered("/nodes/first/fields/0/visible")).toEqual(["gap_2.value", "order.product"]);
  expect(offered("/nodes/first/fields/1/required")).toEqual(["gap.value", "gap.in_tolerance", "order.product"]);
});

test("what is checked of a field, and where the flow goes, may hang on it", () => {
  expect(offered("/nodes/first/fields/0/checks/0/that")).toHaveLength(NAMES.length);
  expect(offered("/nodes/first/next/0/when")).toHaveLength(NAMES.length);
});
