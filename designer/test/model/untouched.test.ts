import { expect, test } from "vitest";
import { USUAL } from "../../src/model/beginnings.ts";
import { writtenIn } from "../../src/model/tongues.ts";
import { addField, addItem, addNode, convertField, convertNode, type Draft, FIELD_TYPES, fieldsOf, setField, setLanguages, setOutcome, setNode, setTemplate, setWords, type Template } from "../../src/model/index.ts";

const BLANK: Template = {
  format: 1, key: "pump", title: { en: "New template", "zh-CN": "新模板" }, roles: { engineer: { title: { en: "Engineer", "zh-CN": "维修工程师" } } }, start: "first",
  nodes: {
    first: { kind: "step", role: "engineer", title: { en: "First step", "zh-CN": "第一步" }, next: [{ to: "done" }] },
    done: { kind: "end", outcome: "repaired", title: { en: "Done", "zh-CN": "完成" } },
  },
};
const DRAFT: Draft = { template: BLANK, layout: {} };

test("the first word in one language takes the place of what both began with, and undo brings both back", () => {
  const edit = setNode(DRAFT, "first", ["title", "en"], "I")!;
  expect(edit.apply(DRAFT).template.nodes["first"]?.title).toEqual({ en: "I" });
  expect(edit.revert(edit.apply(DRAFT))).toEqual(DRAFT);
  expect(setTemplate(DRAFT, ["title", "zh-CN"], "泵")?.apply(DRAFT).template.title).toEqual({ "zh-CN": "泵" });
  expect(setWords(DRAFT, "/nodes/done/title", "zh-CN", "已检")?.apply(DRAFT).template.nodes["done"]?.title).toEqual({ "zh-CN": "已检" });
});

test("what somebody said in the other language stays", () => {
  const once = setNode(DRAFT, "first", ["title", "en"], "Intake")!.apply(DRAFT);
  const twice = setNode(once, "first", ["title", "zh-CN"], "收件")!.apply(once);
  const again = setNode(twice, "first", ["title", "en"], "Intake and photos")!.apply(twice);
  expect(again.template.nodes["first"]?.title).toEqual({ en: "Intake and photos", "zh-CN": "收件" });
});

test("new nodes, fields and what is in them lose their first words alike", () => {
  const { command, id } = addNode(DRAFT, "step", { after: "first" });
  const stepped = command.apply(DRAFT);
  expect(setNode(stepped, id, ["title", "en"], "Dry")?.apply(stepped).template.nodes[id]?.title).toEqual({ en: "Dry" });
  const added = addField(stepped, id, "checklist")!;
  const listed = added.command.apply(stepped);
  const labelled = setField(listed, id, added.id, ["label", "zh-CN"], "外观")!.apply(listed);
  const worded = setWords(labelled, `/nodes/${id}/fields/0/items/0/label`, "zh-CN", "无裂纹")!.apply(labelled);
  expect(fieldsOf(worded.template.nodes[id])[0]).toMatchObject({ label: { "zh-CN": "外观" }, items: [{ label: { "zh-CN": "无裂纹" } }] });
  expect(JSON.stringify(fieldsOf(worded.template.nodes[id])[0])).not.toMatch(/Checklist|Item 1/);
});

test("words that only look like a beginning in one language stay", () => {
  const odd: Draft = { ...DRAFT, template: { ...BLANK, title: { en: "New template", "zh-CN": "换屏" } } };
  expect(setTemplate(odd, ["title", "en"], "Screen")?.apply(odd).template.title).toEqual({ en: "Screen", "zh-CN": "换屏" });
});

const CHINESE: Draft = { ...DRAFT, template: { ...writtenIn({ languages: ["zh-CN"] }, BLANK), languages: ["zh-CN"] } };

test("where only Chinese is written, nothing new says a hidden word of English", () => {
  let draft: Draft = CHINESE;
  for (const kind of ["step", "choice", "parallel", "end"] as const) draft = addNode(draft, kind, { after: "first" }).command.apply(draft);
  for (const type of FIELD_TYPES) draft = addField(draft, "first", type)!.command.apply(draft);
  for (const list of ["safety", "checks", "columns", "fixed", "points", "shots", "items", "options"]) draft = addItem(draft, ["nodes", "first", "fields", 0, list])!.apply(draft);
  draft = convertField(draft, "first", "text", "choice")!.apply(draft);
  draft = convertNode(draft, "step", "parallel")!.apply(draft);
  expect(JSON.stringify(draft.template)).not.toContain('"en":');
  expect(JSON.stringify(draft.template)).toContain('"zh-CN":"备件"');
});

test("an end that nobody has named goes on being called by its outcome", () => {
  const { command, id } = addNode(CHINESE, "end");
  const ended = command.apply(CHINESE);
  expect(setOutcome(ended, id, "scrapped")!.apply(ended).template.nodes[id]?.title).toEqual({ "zh-CN": "已报废" });
});

test("ready-made fields lose their first words like others", () => {
  const added = addField(DRAFT, "first", "reading")!;
  const made = added.command.apply(DRAFT);
  const begun = setField(made, "first", added.id, ["label"], USUAL[2].label)!.apply(made);
  const named = setField(begun, "first", added.id, ["label", "zh-CN"], "绕组电阻")!.apply(begun);
  expect(fieldsOf(named.template.nodes["first"])[0]?.label).toEqual({ "zh-CN": "绕组电阻" });
});

test("a language that is given up takes along what nobody has said in it, and undo brings it back", () => {
  let draft: Draft = setNode(DRAFT, "first", ["title", "en"], "Intake")!.apply(DRAFT);
  draft = setNode(draft, "first", ["title", "zh-CN"], "收件")!.apply(draft);
  for (const type of FIELD_TYPES) draft = addField(draft, "first", type)!.command.apply(draft);
  const chinese = setLanguages(draft, ["zh-CN"], { key: "edit.fix" })!;
  const { template } = chinese.apply(draft);
  expect(template.languages).toEqual(["zh-CN"]);
  expect(template.nodes["first"]?.title).toEqual({ en: "Intake", "zh-CN": "收件" });
  expect(JSON.stringify(fieldsOf(template.nodes["first"]))).not.toContain('"en":');
  expect(template.roles["engineer"]?.title).toEqual({ "zh-CN": "维修工程师" });
  expect(JSON.stringify(fieldsOf(template.nodes["first"]))).toContain("写明要做什么");
  expect(chinese.revert(chinese.apply(draft))).toEqual(draft);
});

test("a first word beside what somebody has said in the language that stays goes, and one that stands alone does not", () => {
  const odd: Draft = { ...DRAFT, template: { ...BLANK, title: { en: "New template", "zh-CN": "换屏" }, nodes: { ...BLANK.nodes, done: { kind: "end", outcome: "repaired", title: { en: "Done" } } } } };
  const { template } = setLanguages(odd, ["zh-CN"], { key: "edit.fix" })!.apply(odd);
  expect([template.title, template.nodes["done"]?.title]).toEqual([{ "zh-CN": "换屏" }, { en: "Done" }]);
  expect(setLanguages(odd, ["en", "zh-CN"], { key: "edit.fix" })).toBeNull();
  expect(setLanguages(odd, [], { key: "edit.fix" })).toBeNull();
});

test("nobody guesses in what is measured: a reading asks for its unit, unless one before it in the step has one", () => {
  const first = addField(DRAFT, "first", "reading")!.command.apply(DRAFT);
  expect(fieldsOf(first.template.nodes["first"])[0]).not.toHaveProperty("unit");
  const chosen = setField(first, "first", "reading", ["unit"], "Ω")!.apply(first);
  const behind = addField(chosen, "first", "reading")!.command.apply(chosen);
  expect(fieldsOf(behind.template.nodes["first"])[1]).toMatchObject({ unit: "Ω" });
  const before = addField(chosen, "first", "reading", 0)!.command.apply(chosen);
  expect(fieldsOf(before.template.nodes["first"])[0]).not.toHaveProperty("unit");
});
