import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addField, moveField, renameField, setField } from "../../src/model/edits/fields.ts";
import { addNode, moveNodes, setNode } from "../../src/model/edits/nodes.ts";
import { renameNode } from "../../src/model/edits/rename_node.ts";
import { removeNodes } from "../../src/model/edits/remove_nodes.ts";
import { setEdge } from "../../src/model/edits/edges.ts";
import type { Command, Draft, Template } from "../../src/model/index.ts";
import { byNode, difference, sidesOf } from "../../src/model/diff/index.ts";
import { merge } from "../../src/model/merge/index.ts";
import english from "../../src/words/changes.en.json";
import chinese from "../../src/words/changes.zh-CN.json";
import { Chance, edited, randomDraft } from "../merge/random.ts";

const ROOT = join(import.meta.dirname, "../../..");
const PUMP = JSON.parse(readFileSync(join(ROOT, "builtin_templates/pump/overhaul.json"), "utf8")) as Template;

const DRAFT: Draft = {
  template: {
    format: 1, key: "pump", title: { "zh-CN": "水泵", en: "Pump" }, roles: { engineer: { title: { "zh-CN": "工程师", en: "Engineer" } }, inspector: { title: { "zh-CN": "检验员", en: "Inspector" } } }, start: "measure",
    nodes: {
      measure: {
        kind: "step", role: "engineer", title: { "zh-CN": "测量轴", en: "Measure the shaft" }, standard_minutes: 10,
        fields: [
          { id: "runout", type: "reading", unit: "mm", label: { "zh-CN": "跳动", en: "Runout" }, tolerance: [0, 0.05] },
          { id: "look", type: "checklist", label: { "zh-CN": "外观", en: "Look" }, items: [{ id: "rust", label: { "zh-CN": "锈蚀", en: "Rust" } }, { id: "cracks", label: { "zh-CN": "裂纹", en: "Cracks" } }] },
          { id: "note", type: "text", label: { "zh-CN": "备注", en: "Note" }, help: { "zh-CN": "写下异常", en: "Write down what is odd" }, max_length: 80 },
        ],
        next: [{ to: "replace", when: "runout.value > 0.05" }, { to: "done" }],
      },
      replace: { kind: "step", role: "engineer", title: { "zh-CN": "更换轴", en: "Replace the shaft" }, next: [{ to: "done" }] },
      done: { kind: "end", outcome: "repaired", title: { "zh-CN": "完成", en: "Done" } },
    },
  },
  layout: {},
};

function after(...edits: readonly ((draft: Draft) => Command | null)[]): Draft {
  return edits.reduce((draft, edit) => edit(draft)?.apply(draft) ?? draft, DRAFT);
}

function told(...edits: readonly ((draft: Draft) => Command | null)[]): readonly (readonly [string | undefined, string | undefined])[] {
  return difference(DRAFT.template, after(...edits).template).map(({ words }) => [words["en"], words["zh-CN"]]);
}

test("a changed limit is told with its unit", () => {
  expect(told((draft) => setField(draft, "measure", "runout", ["tolerance"], [0, 0.08]))).toEqual([
    ["“Runout”: Tolerance 0–0.05 mm → 0–0.08 mm", "“跳动”：公差 0–0.05 mm → 0–0.08 mm"],
  ]);
  expect(told((draft) => setField(draft, "measure", "runout", ["soft_limit"], 0.1))).toEqual([["“Runout”: Reason needed beyond set to ≤ 0.1 mm", "“跳动”：超出须说明设为 ≤ 0.1 mm"]]);
});

test("what time counts as is told in words", () => {
  const timed = { ...DRAFT.template, pause_reasons: [{ id: "lunch", label: { "zh-CN": "午饭", en: "Lunch" }, time: "elsewhere" }] } as Template;
  const again = { ...timed, pause_reasons: [{ id: "lunch", label: { "zh-CN": "午饭", en: "Lunch" } }] } as Template;
  expect(told((draft) => setNode(draft, "replace", ["time"], "travel"))).toEqual([["Kind of time set to travel", "时间类别设为 路途"]]);
  expect(difference(timed, again).map(({ words }) => words["en"])).toEqual(["“Lunch”: Kind of time removed (was elsewhere)"]);
});

test("what has no name yet is told by its place, counted as people count", () => {
  const half = { ...DRAFT.template, applies_to: [{}] } as unknown as Template;
  const changes = difference(DRAFT.template, half).map(({ words }) => [words["en"], words["zh-CN"]]);
  expect(changes.flat().join(" ")).toMatch(/1/);
  expect(changes.flat().join(" ")).not.toMatch(/0/);
});

test("what belongs to a step is told without naming the step, which it is shown under", () => {
  const next = after((draft) => setNode(draft, "measure", ["standard_minutes"], 15), (draft) => setNode(draft, "measure", ["role"], "inspector"));
  const changes = difference(DRAFT.template, next.template);
  expect(changes.map(({ words }) => words["en"])).toEqual(["Role Engineer → Inspector", "Standard time 10 min → 15 min"]);
  expect(byNode(changes).map(({ node, title, kind }) => [node, title["en"], kind])).toEqual([["measure", "Measure the shaft", "changed"]]);
});

test("each language is told by itself", () => {
  expect(told((draft) => setNode(draft, "measure", ["title", "zh-CN"], "测量主轴"))).toEqual([["Title (Chinese) “测量轴” → “测量主轴”", "标题（中文） “测量轴” → “测量主轴”"]]);
});

test("a step that is put in, and one that is taken away", () => {
  const changes = difference(DRAFT.template, after((draft) => addNode(draft, "step", { onEdge: { from: "replace", index: 0 } }).command).template);
  expect(changes.map(({ kind, pointer, words }) => [kind, pointer, words["en"]])).toEqual([
    ["changed", "/nodes/replace/next/0/to", "“→ New step”: Leads to Done → New step"],
    ["added", "/nodes/step", "Step “New step” added"],
  ]);
  const gone = difference(DRAFT.template, after((draft) => removeNodes(draft, ["replace"])).template);
  expect(gone.find(({ kind, node }) => kind === "removed" && node === "replace")).toMatchObject({ side: "before", pointer: "/nodes/replace", words: { "zh-CN": "删除步骤“更换轴”" } });
});

test("a step or a field with another name is renamed, not taken away and put in", () => {
  expect(told((draft) => renameNode(draft, "replace", "new_shaft"))).toEqual([["Step name “replace” → “new_shaft”", "步骤标识“replace” → “new_shaft”"]]);
  expect(told((draft) => renameField(draft, "measure", "runout", "wobble"))).toEqual([["“Runout”: field name “runout” → “wobble”", "“跳动”：字段标识“runout” → “wobble”"]]);
});

test("fields that are put in, moved, and their items", () => {
  expect(told((draft) => addField(draft, "measure", "signature")?.command ?? null).map(([words]) => words)).toEqual(["Signature “Signature” added"]);
  expect(told((draft) => moveField(draft, "measure", "note", "measure", 0)).map(([words]) => words)).toEqual(["Field “Note” moved"]);
  expect(told((draft) => setField(draft, "measure", "look", ["items"], [{ id: "rust", label: { en: "Rust" } }, { id: "leaks", label: { en: "Leaks" } }])).map(([words]) => words)).toEqual([
    "Item “Cracks” removed from “Look”", "“Look › Rust”: Label (Chinese) removed (was “锈蚀”)", "Item “Leaks” added to “Look”",
  ]);
});

test("a rule of a route is told in full", () => {
  expect(told((draft) => setEdge(draft, "measure", 0, ["when"], "runout.value > 0.08")).map(([words]) => words)).toEqual(["“→ Replace the shaft”: Condition runout.value > 0.05 → runout.value > 0.08"]);
});

test("where nodes stand on the canvas is no difference in meaning", () => {
  expect(told((draft) => moveNodes(draft, { measure: { x: 5, y: 5 } }))).toEqual([]);
});

test("each side of a conflict is told in words", () => {
  const mine = after((draft) => setField(draft, "measure", "runout", ["tolerance"], [0, 0.08]));
  const theirs = after((draft) => setField(draft, "measure", "runout", ["tolerance"], [0, 0.1]));
  const merged = merge(DRAFT, mine, theirs);
  const [conflict] = merged.conflicts;
  expect(conflict?.element).toEqual({ "zh-CN": "测量轴 › 跳动", en: "Measure the shaft › Runout" });
  const sides = sidesOf(merged, conflict!);
  expect(sides.mine.map(({ words }) => words["en"])).toEqual(["“Runout”: Tolerance 0–0.05 mm → 0–0.08 mm"]);
  expect(sides.theirs.map(({ words }) => words["en"])).toEqual(["“Runout”: Tolerance 0–0.05 mm → 0–0.1 mm"]);
});

test("no random edit goes untold, and nothing is told without one", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const base = randomDraft(new Chance(seed));
    const next = edited(base, new Chance(seed + 5000), 4);
    const changes = difference(base.template, next.template);
    expect(difference(base.template, base.template)).toEqual([]);
    expect(changes.length > 0).toBe(JSON.stringify(sorted(base.template)) !== JSON.stringify(sorted(next.template)));
    for (const { words } of changes) for (const text of [words["en"], words["zh-CN"]]) expect(text).not.toMatch(/undefined|\{\w+\}|\[object|^$/);
  }
});

test("all of a template can be told, in both languages", () => {
  const emptied: Template = { ...PUMP, nodes: Object.fromEntries(Object.entries(PUMP.nodes).map(([name, node]) => [name, "next" in node ? { kind: node.kind, title: { en: "?" }, next: node.next } : node])) as Template["nodes"] };
  for (const { words } of [...difference(emptied, PUMP), ...difference(PUMP, emptied)]) expect(words["zh-CN"]).not.toMatch(/undefined|\{\w+\}/);
});

test("every member of the format has a name in both languages", () => {
  const schema = JSON.parse(readFileSync(join(ROOT, "engine/mendloop_engine/schema/template-1.json"), "utf8")) as unknown;
  const names = new Set(membersOf(schema));
  for (const name of ["format", "$schema", "roles", "nodes", "fields", "columns", "shots", "items", "fixed", "checks", "safety", "next", "scenarios", "applies_to", "pause_reasons", "zh-CN", "en"]) names.delete(name);
  expect([...names].filter((name) => !Object.hasOwn(english, `store.change.of.${name}`))).toEqual([]);
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
});

test("every choice that the format gives has words", () => {
  const schema = JSON.parse(readFileSync(join(ROOT, "engine/mendloop_engine/schema/template-1.json"), "utf8")) as unknown;
  const choices = choicesOf(schema, "").map(([member, choice]) => `store.change.${member}.${choice}`);
  expect(choices.length).toBeGreaterThan(30);
  expect(choices.filter((key) => !Object.hasOwn(english, key))).toEqual([]);
});

test("every phrase that the difference uses has words", () => {
  const folder = join(ROOT, "designer/src/model/diff");
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const used = [...sources.matchAll(/phrase\("([\w.]+)"/g)].map(([, key]) => `store.change.${key ?? ""}`);
  expect(used.length).toBeGreaterThan(8);
  expect(used.filter((key) => !Object.hasOwn(english, key))).toEqual([]);
});

function membersOf(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(membersOf);
  const own = "properties" in schema && typeof schema.properties === "object" && schema.properties !== null ? Object.keys(schema.properties) : [];
  return [...own, ...Object.values(schema).flatMap(membersOf)];
}

function choicesOf(schema: unknown, name: string): readonly (readonly [string, string])[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = "enum" in schema && Array.isArray(schema.enum) ? (schema.enum as readonly string[]).map((choice) => [name, choice] as const) : [];
  return [...own, ...Object.entries(schema).flatMap(([key, each]) => choicesOf(each, key === "items" ? name : key))];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, each]) => [name, sorted(each)]));
}
