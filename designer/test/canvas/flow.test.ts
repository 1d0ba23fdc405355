import { beforeAll, expect, it, vi } from "vitest";
import { whyNotConnect, newRoute } from "../../src/canvas/acts/connecting.ts";
import { step } from "../../src/canvas/acts/walk.ts";
import { cardOf, lacksWords } from "../../src/canvas/flow/card.ts";
import { Cards } from "../../src/canvas/flow/cards.ts";
import { flowOrder, graphOf, usualWay } from "../../src/canvas/flow/graph.ts";
import { shortCondition, tagOf } from "../../src/canvas/flow/labels.ts";
import { outlineOf } from "../../src/canvas/flow/outline.ts";
import { problemsByElement } from "../../src/canvas/flow/problems.ts";
import { hitAt } from "../../src/canvas/gestures/hits.ts";
import { arrange } from "../../src/canvas/layout/arrange.ts";
import { dagreLayer } from "../../src/canvas/layout/dagre.ts";
import { distanceTo, pathThrough, tidied } from "../../src/canvas/route/path.ts";
import { flowOf, type Scene, sceneOf } from "../../src/canvas/view/scene.ts";
import type { Draft, Template } from "../../src/model/index.ts";
import type { CheckResult } from "../../src/session.ts";
import { speak } from "../../src/words/index.ts";
import { builtin, draftOf } from "./flows.ts";

beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: { lang: "" } });
  await speak("en");
});

const sceneBy = (draft: Draft): Scene => sceneOf(draft, arrange(flowOf(draft), dagreLayer), null);
const PARALLEL = draftOf({ a: "p", p: "b1 b2", b1: "j", b2: "j", j: "z", z: "" }, { p: { kind: "parallel", join: "j" }, j: { kind: "join" } });

it("orders nodes after those that lead to them, whatever cannot be reached last", () => {
  const graph = graphOf(draftOf({ a: "c b", b: "d", c: "d", d: "", lost: "d" }).template);
  const order = flowOrder(graph);
  expect(order.indexOf("a")).toBe(0);
  expect(order.indexOf("d")).toBeGreaterThan(Math.max(order.indexOf("b"), order.indexOf("c")));
  expect(order.at(-1)).toBe("lost");
});

it("takes what runs side by side as one on the usual way", () => {
  expect([...usualWay(PARALLEL.template)]).toEqual(["a", "p", "j", "z"]);
});

it("says why two nodes cannot be joined", () => {
  const draft = draftOf({ a: "b", b: "c", c: "" });
  expect(whyNotConnect(draft, "c", "a")).toMatch(/Nothing comes after an end/);
  expect(whyNotConnect(draft, "a", "a")).toMatch(/itself/);
  expect(whyNotConnect(draft, "a", "b")).toMatch(/Already/);
  expect(whyNotConnect(draft, "a", "c")).toBeNull();
  expect(whyNotConnect(PARALLEL, "b1", "b2")).toMatch(/apart/);
  expect(whyNotConnect(PARALLEL, "b1", "z")).toMatch(/apart/);
});

it("takes a route backwards for rework", () => {
  const draft = draftOf({ a: "b", b: "c", c: "" });
  expect(newRoute(draft, "b", "a")).toBe("rework");
  expect(newRoute(draft, "a", "c")).toBe("route");
});

it("numbers routes in the order in which they are tried, and calls the last one else", () => {
  const draft = draftOf({ a: "b c", b: "", c: "" });
  const [first, last] = graphOf(draft.template).out.get("a")!;
  expect(tagOf(first!, draft.template)).toMatchObject({ turn: 1, isElse: false, text: "no condition yet" });
  expect(tagOf(last!, draft.template)).toMatchObject({ turn: 2, isElse: true, text: "else" });
});

it("shortens a condition to what people say", () => {
  const node = builtin("washing_machine/does_not_drain").template.nodes["hose"]!;
  expect(shortCondition("state != \"clear\" && x.value > 5", node)).not.toContain("&&");
  expect(shortCondition("a".repeat(80), undefined).length).toBeLessThanOrEqual(34);
  expect(shortCondition("!x.in_tolerance", node)).toBe("out of tolerance: x");
  expect(shortCondition("x.in_tolerance && y", node)).toBe("within tolerance: x and y");
});

it("calls what a condition asks of other steps as people call it", async () => {
  const reading = { id: "reading", type: "reading", label: { en: "Runout", "zh-CN": "跳动" }, unit: "mm" };
  const verdict = { id: "verdict", type: "choice", label: { en: "Verdict" }, options: [{ id: "bad", label: { en: "Worn out" } }] };
  const when = ["steps.step_3.reading.in_tolerance", "steps.step_3.verdict == \"bad\"", "!steps.step_3.reading.in_tolerance && steps.step_3.verdict != \"bad\"", "steps.gone.x"];
  const draftWith = (title: string): Draft => draftOf({ step_3: "ask", ask: "a b c d z", a: "z", b: "z", c: "z", d: "z", z: "" }, {
    step_3: { title: { en: title, "zh-CN": "测绕组" }, fields: [reading, verdict] } as object,
    ask: { kind: "choice", next: [...["a", "b", "c", "d"].map((to, index) => ({ to, when: when[index] })), { to: "z" }] } as object,
  });
  const texts = (draft: Draft): readonly string[] => graphOf(draft.template).out.get("ask")!.slice(0, 4).map((link) => tagOf(link, draft.template).text);
  const draft = draftWith("Turn");
  expect(texts(draft)).toEqual(["within tolerance: Runout", "Turn · Verdict = Worn out", "out of tolerance: Runout and Verd…", "steps.gone.x"]);
  const renamed = { ...draft, template: { ...draft.template, nodes: { ...draft.template.nodes, step_3: draftWith("Look").template.nodes["step_3"]! } } };
  expect(texts(renamed)[1]).toBe("Look · Verdict = Worn out");
  expect(outlineOf(sceneBy(draft)).map((item) => (item.kind === "route" ? item.text : "")).join()).not.toMatch(/step_3/);
  await speak("zh-CN");
  expect(texts(draft)[0]).toMatch(/测绕组 · 跳动/);
  await speak("en");
});

it("counts on a card what its step asks for", () => {
  const { template } = builtin("pump/overhaul");
  expect(cardOf(template, "isolate", template.nodes["isolate"]!)).toMatchObject({ minutes: 30, fields: 5, hasGate: true, lacksWords: false });
  expect(cardOf(template, "inspect", template.nodes["inspect"]!).isQuality).toBe(true);
});

it("sees a missing translation wherever it is", () => {
  expect(lacksWords({ fields: [{ label: { en: "a", "zh-CN": "一" } }, { options: [{ label: { en: "b" } }] }] })).toBe(true);
  expect(lacksWords({ title: { en: "a", "zh-CN": "一" }, when: "x" })).toBe(false);
});

it("misses no translation into a language that the template is not written in, from the moment it says so", () => {
  const { template } = builtin("pump/overhaul");
  const nodes = { ...template.nodes, check: { kind: "step", role: "engineer", title: { "zh-CN": "检查" }, next: [] } } as const;
  const [both, chinese, english] = [undefined, ["zh-CN"], ["en"]].map((languages) => ({ ...template, nodes, languages }) as Template);
  const cards = new Cards(both!, null);
  expect(cards.get("check")?.lacksWords).toBe(true);
  expect(new Cards(chinese!, cards).get("check")?.lacksWords).toBe(false);
  expect(new Cards(english!, cards).get("check")?.lacksWords).toBe(true);
});

it("gives a route's problems to its node too", () => {
  const found = (at: string, severity: "error" | "warning"): unknown => ({ at, severity });
  const check = { problems: [found("/nodes/a/next/1/when", "error"), found("/nodes/a/title", "warning"), found("/title", "error")] } as unknown as CheckResult;
  const counts = problemsByElement(check);
  expect(counts.get("a")).toEqual({ errors: 1, warnings: 1 });
  expect(counts.get("a 1")).toEqual({ errors: 1, warnings: 0 });
});

it("walks along the flow and beside it", () => {
  const scene = sceneBy(PARALLEL);
  expect(step(scene, "a", "down")).toBe("p");
  expect(step(scene, "p", "up")).toBe("a");
  const [left, right] = scene.boxes.get("b1")!.x < scene.boxes.get("b2")!.x ? (["b1", "b2"] as const) : (["b2", "b1"] as const);
  expect(step(scene, left, "right")).toBe(right);
  expect(step(scene, right, "left")).toBe(left);
  expect(step(scene, "z", "down")).toBeNull();
});

it("finds what is under the pointer by geometry", () => {
  const scene = sceneBy(draftOf({ a: "b", b: "" }));
  const [box, wire] = [scene.boxes.get("a")!, scene.wires.get("a 0")!];
  expect(hitAt(scene, { x: box.x + 5, y: box.y + 5 }, 6)).toEqual({ kind: "node", id: "a" });
  expect(hitAt(scene, { x: wire.points[0]!.x + 4, y: wire.points[0]!.y + 12 }, 6)).toEqual({ kind: "edge", key: "a 0" });
  expect(hitAt(scene, { x: box.x - 300, y: box.y }, 6)).toEqual({ kind: "ground" });
});

it("tells in the outline every branch and where rework leads", () => {
  const items = outlineOf(sceneBy(draftOf({ a: "b", b: "a! c d", c: "d", d: "" })));
  expect(items.filter(({ kind }) => kind === "node").map(({ key }) => key)).toEqual(["a", "b", "c", "d"]);
  expect(items.filter(({ kind }) => kind === "route").map((item) => (item.kind === "route" ? [item.key, item.isRework] : []))).toEqual([["b 0", true], ["b 1", false], ["b 2", false]]);
});

it("draws corners round and leaves out points that lie in line", () => {
  const points = tidied([{ x: 0, y: 0 }, { x: 0, y: 20 }, { x: 0, y: 40 }, { x: 60, y: 40 }]);
  expect(points).toHaveLength(3);
  expect(pathThrough(points)).toBe("M0 0L0 28Q0 40 12 40L60 40");
  expect(distanceTo(points, { x: 5, y: 10 })).toBe(5);
});
