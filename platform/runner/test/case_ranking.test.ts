import { expect, test } from "vitest";
import { inCommon, termsOf } from "../src/knowledge/bigrams.ts";
import { rank } from "../src/knowledge/ranking.ts";
import type { Asked, KnownCase } from "../src/knowledge/types.ts";
import examples from "./case_ranking.json";
import { asked, HARBOUR, known } from "./cases.ts";
import { words } from "./plan.ts";

const ids = (question: Asked, ...cases: KnownCase[]): string[] => rank(question, cases).map((each) => each.case.id);
test.each(examples.map((each) => [each.name, each] as const))("as on the server: %s", (_, { asked: question, cases, first }) => {
  const all = cases.map(({ id, product, faults, checks, ...rest }) => known(id, { products: [product], faults, checks, symptom: { "zh-CN": "", ...("symptom" in rest ? { en: rest.symptom } : {}) }, helped: "helped" in rest ? rest.helped : 0, not_helped: "not_helped" in rest ? rest.not_helped : 0 }));
  expect(ids(asked({ ...question, place: question.checks[0] ?? null }), ...all)[0]).toBe(first);
});

const RUNOUT = asked({ checks: ["rotor.runout+"], place: "rotor.runout+" });

test("the case that failed at the same check, in the same direction, comes first", () => {
  const same = known("same", { checks: ["rotor.runout+"] });
  const other = known("other", { checks: ["rotor.runout-"], faults: ["P-12"] });
  expect(ids({ ...RUNOUT, faults: ["P-12"] }, other, same)).toEqual(["same", "other"]);
});

test("what failed at the very check comes before what shares more and helped more often", () => {
  const here = known("here", { checks: ["rotor.runout+"] });
  const popular = known("popular", { checks: ["as_found.found.velocity+", "align.offset+"], faults: ["P-12"], helped: 9 });
  expect(ids({ ...RUNOUT, checks: ["rotor.runout+", "as_found.found.velocity+", "align.offset+"], faults: ["P-12"] }, popular, here)).toEqual(["here", "popular"]);
});

test("of two the one of the same product comes first; one of another product is none", () => {
  const cases = [known("lift", { products: ["lift/cable"], checks: ["rotor.runout+"] }), known("family", { products: ["pump/centrifugal/harbour-100"], checks: ["rotor.runout+"] }), known("own", { checks: ["rotor.runout+"] })];
  expect(ids(RUNOUT, ...cases)).toEqual(["own", "family"]);
});

test("who shares nothing but the product is not shown", () => {
  expect(ids(RUNOUT, known("other", { checks: ["housing.bearing_fit+"] }))).toEqual([]);
});

test("what helped comes before what nobody spoke of, and that before what did not", () => {
  const cases = [known("no", { checks: ["rotor.runout+"], not_helped: 3 }), known("new", { checks: ["rotor.runout+"] }), known("yes", { checks: ["rotor.runout+"], helped: 3 })];
  const found = rank(RUNOUT, cases);
  expect(found.map((each) => each.case.id)).toEqual(["yes", "new", "no"]);
  expect(found[0]?.reasons.at(-1)).toEqual({ kind: "helped", detail: "3/3" });
  expect(found[2]?.reasons.at(-1)).toEqual({ kind: "not_helped", detail: "3/3" });
});

test("Chinese and English words are compared, rare ones say more", () => {
  const seal = known("seal", { symptom: { "zh-CN": "机封滴漏，停机后更明显" } });
  const noise = known("noise", { symptom: { "zh-CN": "轴承异响", en: "bearings rattling" } });
  expect(ids(asked({ text: "机封一直滴漏" }), noise, seal)).toEqual(["seal"]);
  expect(ids(asked({ text: "the bearing rattles" }), noise, seal)).toEqual(["noise"]);
  expect(inCommon("机封一直滴漏，Bearings rattle", termsOf("停机后机封滴漏 the bearing"))).toEqual(["机封", "滴漏", "bearings"]);
  expect(inCommon("出风不冷了", termsOf("出风不冷"))).toEqual(["出风不冷"]);
  expect([...termsOf("轴承异响 Rattling BRG-6309C3")]).toEqual(["轴承", "承异", "异响", "rattl", "brg-6309c3"]);
});

test("every case says why: check, fault, words and product", () => {
  const [found] = rank(asked({ checks: ["rotor.runout+"], place: "rotor.runout+", faults: ["P-12"], text: "shaft bent" }), [known("one", { checks: ["rotor.runout+"], faults: ["P-12"], cause: words("The shaft was bent") })]);
  expect(found?.reasons.map(({ kind, detail }) => [kind, detail])).toEqual([["check", "rotor.runout+"], ["fault", "P-12"], ["words", "shaft,bent"], ["product", HARBOUR]]);
});

test("a bulletin for all products is found by its words", () => {
  expect(ids(asked({ text: "bearing creep" }), known("b", { kind: "bulletin", products: [], title: words("Bearing creep on all pumps") }))).toEqual(["b"]);
});

test("the same cases in another order are ranked alike, and quickly: 300 in a few milliseconds", () => {
  const cases = Array.from({ length: 300 }, (_, place) => known(`c${place}`, { checks: place % 7 === 0 ? ["rotor.runout+"] : [], faults: [`P-${place % 5}`], symptom: { en: `shaft ${place} vibrates`, "zh-CN": "轴振动偏大，温度升高" } }));
  const question = { ...RUNOUT, faults: ["P-1"], text: "振动偏大 shaft vibrates" };
  const began = performance.now();
  const found = ids(question, ...cases);
  expect(performance.now() - began).toBeLessThan(200);
  expect(ids(question, ...[...cases].reverse())).toEqual(found);
});
