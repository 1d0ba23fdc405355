import { expect, test } from "vitest";
import { addItems, type Draft, setWords } from "../../src/model/index.ts";

const DRAFT = {
  template: { format: 1, key: "t", title: { en: "T" }, roles: { engineer: {} }, start: "look", nodes: { look: { kind: "step", role: "engineer", title: { en: "Look" }, fields: [{ id: "c", type: "checklist", label: { en: "C" }, items: [] }] } } },
  layout: {},
} as unknown as Draft;
const ITEMS = ["nodes", "look", "fields", 0, "items"];

test("what no server takes is left out of what is written and pasted", () => {
  const written = setWords(DRAFT, "/title", "en", "Pump\u0000 station \ud83d\ude00 \ud800");
  expect(written?.apply(DRAFT).template.title).toEqual({ en: "Pump station \ud83d\ude00 " });
  const pasted = addItems(DRAFT, ITEMS, [{ id: "a", label: { en: "Old\u0000export" } }, { id: "b", label: { en: "as it is" } }]);
  const after = pasted?.apply(DRAFT);
  expect(JSON.stringify(after?.template)).not.toContain("\\u0000");
  expect(JSON.stringify(after?.template)).toContain("Oldexport");
  expect(after === undefined ? null : pasted?.revert(after)).toEqual(DRAFT);
});

test("an edit that would only add such characters is none", () => {
  expect(setWords(DRAFT, "/title", "en", "T\u0000")).toBeNull();
});
