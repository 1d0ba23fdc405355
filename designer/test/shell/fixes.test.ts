import { beforeAll, expect, test } from "vitest";
import type { Draft, Template } from "../../src/model/index.ts";
import { removeNodes } from "../../src/model/index.ts";
import type { Found } from "../../src/session.ts";
import { grouped } from "../../src/grouped.ts";
import { brokenScenario, fixesFor } from "../../src/shell/fixes.ts";
import { elementOf, toldOf } from "../../src/told.ts";
import { speak, speakOfMore } from "../../src/words/index.ts";

const TEMPLATE: Template = {
  format: 1, key: "pump", title: { en: "Pump" }, roles: { engineer: {} }, start: "measure",
  nodes: {
    measure: {
      kind: "step", role: "engineer", title: { en: "Measure" },
      fields: [{ id: "runout", type: "reading", unit: "mm", tolerance: [0.05, 0], label: { en: "Runout" } }, { id: "note", type: "text", label: { en: "Note" } }],
      next: [{ to: "shaft", when: "runut.value > 0.05" }, { to: "assemble", when: "true" }],
    },
    shaft: { kind: "step", role: "fitter", title: { en: "Replace the shaft" }, next: [{ to: "measure" }] },
    assemble: { kind: "step", role: "engineer", title: { en: "Assemble" }, next: [{ to: "done" }] },
    done: { kind: "end", outcome: "repaired", title: { en: "Repaired" } },
    alone: { kind: "step", role: "engineer", title: { en: "Alone" }, next: [] },
  },
  scenarios: [{ name: "usual", acts: [], expect: {} }],
};
const DRAFT: Draft = { template: TEMPLATE, layout: {} };

beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: {} } });
  await speak("en");
  await speakOfMore();
});

const found = (code: string, at: string, params: Found["params"] = {}, more: Partial<Found> = {}): Found =>
  ({ code, at, element: "measure", params, severity: "error", message: { en: "There is no node “shaft”" }, ...more });

function mended(problem: Found, which = 0): Template {
  const fix = fixesFor(problem, DRAFT)[which];
  const edit = fix?.make(DRAFT);
  expect(edit, fix?.label).not.toBeNull();
  return edit!.apply(DRAFT).template;
}

const routes = (template: Template, node: string): unknown => (template.nodes[node] as { next: unknown }).next;

test("a name that was probably meant takes its place inside the expression", () => {
  const problem = found("expression.unknown_name", "/nodes/measure/next/0/when", { did_you_mean: ["runout"] }, { from: 0, to: 5 });
  expect(routes(mended(problem), "measure")).toMatchObject([{ when: "runout.value > 0.05" }, {}]);
});

test("an answer that decides a route must be given", () => {
  const fields = (mended(found("field.decides_unanswered", "/nodes/measure/fields/1", { node: "measure", index: 0 })).nodes["measure"] as { fields: unknown }).fields;
  expect(fields).toMatchObject([{ id: "runout" }, { id: "note", required: true }]);
});

test("a step that is called travel counts as such, or is said to be work", () => {
  const problem = found("time.travel_unsaid", "/nodes/measure/time", { time: "travel", usual: "work" });
  expect(fixesFor(problem, DRAFT).map(({ label }) => label)).toEqual(["It is travel", "It is work"]);
  expect([0, 1].map((which) => (mended(problem, which).nodes["measure"] as { time?: string }).time)).toEqual(["travel", "work"]);
});

test("what lacks a translation is one thing to do, and can be nothing to do", () => {
  const missing = (at: string, language: string): Found =>
    found("words.missing_translation", at, { language, languages: [language], shown: { "zh-CN": "中文", en: "Chinese" } }, { severity: "warning" });
  const texts = [missing("/title", "zh-CN"), missing("/nodes/measure/title", "zh-CN"), found("flow.no_end", "/nodes/alone"), missing("/nodes/alone/title", "en")];
  const told = grouped(texts);
  expect(told.map(({ code, at }) => [code, at])).toEqual([["words.missing_translations", "/title"], ["flow.no_end", "/nodes/alone"], ["words.missing_translation", "/nodes/alone/title"]]);
  expect(toldOf(told[0]!, TEMPLATE)).toBe("2 texts have no Chinese");
  expect(mended(told[0]!).languages).toEqual(["en"]);
  expect(grouped(texts.slice(1)).map(({ code }) => code)).toEqual(["words.missing_translation", "flow.no_end", "words.missing_translation"]);
});

test("the last route becomes else", () => {
  const after = mended(found("flow.last_edge_has_condition", "/nodes/measure/next/1/when", { node: "measure", index: 1 }));
  expect(routes(after, "measure")).toEqual([{ to: "shaft", when: "runut.value > 0.05" }, { to: "assemble" }]);
});

test("a way back is marked as rework, or not", () => {
  const route = { node: "shaft", index: 0 };
  expect(routes(mended(found("flow.loop_not_rework", "/nodes/shaft/next/0", route)), "shaft")).toEqual([{ to: "measure", rework: true }]);
});

test("what nothing leads to is led to, or taken away", () => {
  const problem = found("flow.unreachable", "/nodes/alone", { node: "alone", after: "assemble" });
  expect(fixesFor(problem, DRAFT).map(({ label }) => label)).toEqual(["Lead “Assemble” here", "Remove it"]);
  expect(routes(mended(problem), "assemble")).toContainEqual(expect.objectContaining({ to: "alone" }));
  expect(mended(problem, 1).nodes).not.toHaveProperty("alone");
});

test("a step that leads nowhere is led to an end", () => {
  expect(routes(mended(found("template.too_few", "/nodes/alone/next", { node: "alone", ends: ["done"] })), "alone")).toEqual([{ to: "done" }]);
});

test("limits that are crossed change places; a role that is not there is another; words come from the other language", () => {
  expect(mended(found("field.limits_crossed", "/nodes/measure/fields/0/tolerance")).nodes["measure"]).toMatchObject({ fields: [{ tolerance: [0, 0.05] }, {}] });
  expect(mended(found("reference.unknown_role", "/nodes/shaft/role", { roles: ["engineer"] })).nodes["shaft"]).toMatchObject({ role: "engineer" });
  expect(mended(found("words.missing_translation", "/title", { language: "zh-CN", words: { en: "Pump" } })).title).toEqual({ en: "Pump", "zh-CN": "Pump" });
});

test("a scenario that names what is gone says so without names of machines; time is no reason to take it away", () => {
  const gone = found("reference.unknown_node", "/scenarios/0/acts/0/step", { did_you_mean: [] });
  expect(toldOf(gone, TEMPLATE)).toBe("It names a step, field or role that is no longer in the template");
  expect(brokenScenario(gone)).toBe(0);
  expect(brokenScenario(found("scenario.not_played", "/scenarios/0"))).toBeNull();
  expect(brokenScenario(found("flow.no_end", "/nodes/measure"))).toBeNull();
});

test("a scenario that no longer holds can be taken away", () => {
  expect(mended(found("reference.unknown_node", "/scenarios/0/acts/0/step")).scenarios ?? []).toEqual([]);
});

test("problems call steps as people do", () => {
  const problem = found("reference.unknown_node", "/nodes/measure/next/0/to");
  expect(toldOf(problem, TEMPLATE)).toBe("There is no node “Replace the shaft”");
  expect(elementOf(problem, TEMPLATE)).toContain("Measure");
  expect(toldOf(found("template.too_few", "/nodes/alone/next"), TEMPLATE)).toContain("Nothing follows yet");
});

test("a field that is named with its step is called by the labels of both", () => {
  const problem = found("flow.energised_locked", "/nodes/shaft/energises", {}, { message: { en: "The locks of “measure.note” are still on; see “measure.gone”" } });
  expect(toldOf(problem, TEMPLATE)).toBe("The locks of “Measure › Note” are still on; see “gone”");
  expect(elementOf(problem, TEMPLATE)).toContain("Replace the shaft");
});

test("what is taken out where the flow forks leaves its usual way", () => {
  const alone = { kind: "step", role: "engineer", title: { en: "Alone" }, next: [{ to: "measure" }] } as const;
  const draft: Draft = { ...DRAFT, template: { ...TEMPLATE, start: "alone", nodes: { ...TEMPLATE.nodes, alone } } };
  expect(routes(removeNodes(draft, ["measure"])!.apply(draft).template, "alone")).toEqual([{ to: "assemble" }]);
});
