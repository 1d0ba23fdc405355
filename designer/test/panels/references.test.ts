import { beforeAll, describe, expect, test } from "vitest";
import { isCalled, matching, nodeTitle, optionsFor } from "../../src/panels/references.ts";
import { units } from "../../src/fields/editors/unit.tsx";
import { language, speakOfMore } from "../../src/words/index.ts";
import { pump } from "./given.ts";

beforeAll(async () => { language.value = "en"; await speakOfMore(); });

describe("what may be named", () => {
  test("nodes are offered by their titles", () => {
    expect(optionsFor(pump, "node", "/start").find(({ value }) => value === "rotor")).toEqual({ value: "rotor", label: "Measure the rotor", also: "rotor" });
  });

  test("steps that are called the same are told apart by their places in the flow, not by what machines call them", () => {
    const step = (to: string, title = {}): object => ({ kind: "step", role: "r", title, next: [{ to }] });
    const flow = { ...pump, start: "step_9", nodes: { step_2: step("done"), step: step("step_2", { en: "Clean" }), step_9: step("step"), done: { kind: "end", outcome: "repaired" } } } as unknown as typeof pump;
    language.value = "zh-CN";
    const labels = (target: string): readonly string[] => optionsFor(flow, target, "").map(({ label, note = "" }) => `${label}${note}`);
    expect(labels("step")).toEqual(["步骤（流程中第 3 个）", "Clean", "步骤（流程中第 1 个）"]);
    expect(labels("end")).toHaveLength(1);
    expect(matching(optionsFor(flow, "step", ""), "step_2").map(({ value }) => value)).toEqual(["step_2"]);
    language.value = "en";
  });

  test("only joins where a join is wanted, only steps where a step is", () => {
    expect(optionsFor(pump, "join", "/nodes/measure/join").map(({ value }) => value)).toEqual(["measured"]);
    expect(optionsFor(pump, "step", "/nodes/inspect/not_same_person_as").every(({ value }) => pump.nodes[value]?.kind === "step")).toBe(true);
  });

  test("the reason of a rework is an answer in words of the same step, a text before a choice", () => {
    expect(optionsFor(pump, "field", "/nodes/inspect/next/0/reason_field").map(({ value }) => value)).toEqual(["reject_reason", "verdict"]);
  });

  test("what was chosen as a reason before is still called by its name", () => {
    const odd = structuredClone(pump) as unknown as { nodes: { inspect: { next: Record<string, unknown>[] } } };
    odd.nodes.inspect.next[0]!["reason_field"] = "points";
    expect(optionsFor(odd as unknown as typeof pump, "field", "/nodes/inspect/next/0/reason_field").map(({ value }) => value)).toContain("points");
  });

  test("a shot is named with its step, in its own step without; never itself", () => {
    const pointer = "/nodes/as_found/fields/2/shots/0/pair";
    const values = optionsFor(pump, "shot", pointer).map(({ value }) => value);
    const before = (pump.nodes["as_found"] as unknown as { fields: { id: string; shots?: { id: string }[] }[] }).fields[2]!;
    expect(values).not.toContain(`before.${before.shots![0]!.id}`);
    expect(values).toContain(`before.${before.shots![1]!.id}`);
    expect(values.some((value) => value.startsWith("handover.after."))).toBe(true);
  });

  test("a gate that removes locks is no gate to be removed", () => {
    expect(optionsFor(pump, "gate", "/nodes/unlock/fields/2/removes").map(({ value }) => value)).toEqual(["isolate.loto"]);
  });

  test("the search looks at name, place and id, and what begins with it comes first", () => {
    const options = [{ value: "a", label: "Renew the shaft" }, { value: "shaft_2", label: "Other", note: "Rotor" }, { value: "c", label: "Shaft" }];
    expect(matching(options, "shaft").map(({ value }) => value)).toEqual(["c", "a", "shaft_2"]);
    expect(matching(options, "rotor oth").map(({ value }) => value)).toEqual(["shaft_2"]);
    expect(matching(options, " ")).toBe(options);
  });

  test("units are found as people say them, in either language", () => {
    const first = (said: string): string | undefined => matching(units(), said)[0]?.value;
    const meant = { "欧": "Ω", "欧姆": "Ω", ohm: "Ω", "伏": "V", "安": "A", "毫米": "mm", "千帕": "kPa", "兆帕": "MPa", "兆欧": "MΩ", "摄氏度": "°C", "牛米": "N·m", "转/分": "r/min", rpm: "r/min", "分": "min", "升": "L", "件": "pcs", m: "m", bar: "bar", "电阻": "Ω" };
    expect(Object.fromEntries(Object.keys(meant).map((said) => [said, first(said)]))).toEqual(meant);
  });

  test("a unit in words is the sign, also when nobody chose it from the list", () => {
    expect(units().filter((unit) => isCalled(unit, "欧")).map(({ value }) => value)).toEqual(["Ω"]);
    const said = units().flatMap(({ value, also = "" }) => also.split(" ").map((word) => [word, value] as const));
    const signs = new Set(units().map(({ value }) => value.toLowerCase()));
    expect(said.filter(([word, value]) => signs.has(word) && word !== value.toLowerCase())).toEqual([]);
  });

  test("a node that is gone is called by its name", () => {
    expect(nodeTitle(undefined, "polish")).toBe("polish");
  });
});
