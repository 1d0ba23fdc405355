import { initialState, type State } from "@mendloop/engine";
import { expect, test } from "vitest";
import type { VisitRecord } from "../src/api/types.ts";
import { progressOf } from "../src/order/progress.ts";
import { edge, plan, step, words } from "./plan.ts";

const shop = plan("a", [
  step("a", [], [edge("split")]),
  { id: "split", kind: "parallel", title: words("split"), join: "meet", next: [edge("b"), edge("c")], reads: [] },
  step("b", [], [edge("meet")], 20),
  step("c", [], [edge("c2")], 30),
  step("c2", [], [edge("meet")], 5),
  { id: "meet", kind: "join", title: words("meet"), next: [edge("check")], reads: [] },
  step("check", [], [edge("b", { rework: true }), edge("done")], 15),
  { id: "done", kind: "end", outcome: "repaired", title: words("done") },
]);

const at = (...nodes: readonly string[]): State => ({
  ...initialState(), status: "open",
  active: Object.fromEntries(nodes.map((node) => [`${node}#1`, { node, number: 1, status: "ready", by: null, since: "", worked_ms: 0 }])),
});
const done = (...nodes: readonly string[]): readonly VisitRecord[] => nodes.map((node) => ({ node, status: "completed" }) as VisitRecord);

test("at the start everything lies ahead, branches and all", () => {
  expect(progressOf(shop, at("a"), [])).toEqual({ step: 1, of: 5, minutesLeft: 80, coming: ["b", "c", "c2", "check"] });
});

test("in two branches at once each counts once", () => {
  expect(progressOf(shop, at("b", "c"), done("a"))).toMatchObject({ step: 2, of: 5, minutesLeft: 70, coming: ["c2", "check"] });
});

test("what is done again lies ahead again", () => {
  expect(progressOf(shop, at("check"), done("a", "b", "c", "c2", "check"))).toMatchObject({ step: 5, of: 5 });
});
