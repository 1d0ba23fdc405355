import { describe, expect, it } from "vitest";
import {
  addField, addItem, addNode, addRole, addScenario, convertField, duplicateField, Editor, elementsOf, FIELD_TYPES, findWords, joined, missingWords, moveField, moveNodes, moveItem, nameOf, pointerTo,
  removeFields, removeItems, removeRole, replaceInWords, replaceScenario, replaceTemplate, selectionAt, setField, setItem, setTemplate, setWords,
} from "../../src/model/index.ts";
import { after, BUILT_IN, builtIn, draftOf, field, pump, step } from "./edits.cast.ts";

const english = (words: Readonly<Record<string, string>> | undefined): string => words?.["en"] ?? "";

describe("fields", () => {
  it.each(FIELD_TYPES)("of type %s begin with a name in both languages, and can be added again", (type) => {
    const first = addField(pump(), "replace", type);
    const draft = after(pump(), first!.command);
    expect(field(draft, "replace", first!.id).label).toMatchObject({ "zh-CN": expect.any(String) as string, en: expect.any(String) as string });
    expect(addField(draft, "replace", type, 0)?.id).toBe(`${first!.id}_2`);
  });

  it("go where they are put", () => {
    const draft = after(pump(), addField(pump(), "measure", "text", 1)!.command);
    expect(step(draft, "measure").fields?.map(({ id }) => id)).toEqual(["runout", "text", "double", "before", "verdict"]);
    expect(addField(pump(), "end", "text")).toBeNull();
    const moved = after(pump(), moveField(pump(), "measure", "runout", "measure", 2));
    expect(step(moved, "measure").fields?.map(({ id }) => id)).toEqual(["double", "before", "runout", "verdict"]);
    expect(moveField(pump(), "measure", "verdict", "measure", 9)).toBeNull();
  });

  it("can be removed, duplicated and changed", () => {
    expect(step(after(pump(), removeFields(pump(), "measure", ["runout", "before"])), "measure").fields?.map(({ id }) => id)).toEqual(["double", "verdict"]);
    expect(removeFields(pump(), "measure", ["none"])).toBeNull();
    expect(step(after(pump(), duplicateField(pump(), "measure", "runout")!.command), "measure").fields?.[1]).toEqual({ id: "runout_2", type: "reading", unit: "mm" });
    expect(field(after(pump(), setField(pump(), "measure", "runout", ["tolerance"], [0, 1])), "measure", "runout")).toMatchObject({ tolerance: [0, 1] });
    expect(setField(pump(), "measure", "runout", ["unit"], "mm")).toBeNull();
  });

  it("of another type keep what both have", () => {
    const convert = (node: string, id: string, type: (typeof FIELD_TYPES)[number]) => field(after(pump(), convertField(pump(), node, id, type)), node, id);
    expect(convert("measure", "verdict", "checklist")).toEqual({ id: "verdict", type: "checklist", items: [{ id: "good", label: { en: "Good" } }, { id: "bad", label: { en: "Bad" } }] });
    expect(convert("measure", "double", "reading")).toEqual({ id: "double", type: "reading", unit: "mm", value: "runout.value * 2.0" });
    expect(convert("measure", "double", "photo")).toEqual({ id: "double", type: "photo", shots: [expect.anything()] });
    expect(convert("assemble", "runout", "text").visible).toContain("steps.measure");
  });

  it("turn limits, options and instructions into their like", () => {
    const { template } = pump();
    const draft = draftOf({ ...template, nodes: { a: { kind: "step", role: "engineer", title: {}, next: [], fields: [
      { id: "n", type: "number", min: 1, max: 5, unit: "V" }, { id: "i", type: "instruction", text: { en: "Do" } }, { id: "g", type: "safety_gate", points: ["MCC-12"] },
    ] } } });
    const as = (id: string, type: (typeof FIELD_TYPES)[number]) => field(after(draft, convertField(draft, "a", id, type)), "a", id);
    expect(as("n", "reading")).toEqual({ id: "n", type: "reading", unit: "V", hard_limit: [1, 5] });
    expect(as("i", "text")).toEqual({ id: "i", type: "text", help: { en: "Do" } });
    expect(as("g", "checklist")).toMatchObject({ items: [{ id: "item_1", label: { en: "MCC-12" } }] });
  });
});

describe("lists", () => {
  const items = ["nodes", "measure", "fields", 3, "options"];
  it("take new items with free ids, anywhere", () => {
    expect(field(after(pump(), addItem(pump(), items)), "measure", "verdict")).toMatchObject({ options: [{ id: "good" }, { id: "bad" }, { id: "option_3", label: { "zh-CN": "选项 3", en: "Option 3" } }] });
    for (const list of ["safety", "checks", "columns", "lines", "fixed", "points", "shots", "items"]) expect(addItem(pump(), ["nodes", "replace", "fields", 0, list])).not.toBeNull();
    expect(after(pump(), addItem(pump(), ["pause_reasons"])).template.pause_reasons).toEqual([{ id: "reason_1", label: { "zh-CN": "暂停原因 1", en: "Reason 1" } }]);
  });

  it("are ordered, changed and shortened", () => {
    expect(field(after(pump(), moveItem(pump(), items, 0, 1)), "measure", "verdict")).toMatchObject({ options: [{ id: "bad" }, { id: "good" }] });
    expect(field(after(pump(), setItem(pump(), items, 0, ["label", "zh-CN"], "好")), "measure", "verdict")).toMatchObject({ options: [{ label: { en: "Good", "zh-CN": "好" } }, {}] });
    expect(field(after(pump(), removeItems(pump(), items, [0, 7])), "measure", "verdict")).toMatchObject({ options: [{ id: "bad" }] });
    expect(after(pump(), removeItems(pump(), ["scenarios"], [0])).template).not.toHaveProperty("scenarios");
    expect(moveItem(pump(), items, 0, 5)).toBeNull();
  });
});

describe("the template", () => {
  it("takes roles, scenarios, settings and a whole other document", () => {
    const role = addRole(pump(), "engineer", { en: "Second" });
    expect(role.id).toBe("engineer_2");
    expect(after(pump(), role.command).template.roles).toMatchObject({ engineer_2: { title: { en: "Second" } } });
    expect(step(after(pump(), removeRole(pump(), "inspector", "engineer")), "inspect").role).toBe("engineer");
    expect(step(after(pump(), removeRole(pump(), "inspector")), "inspect").role).toBe("inspector");
    expect(after(pump(), addScenario(pump(), { name: "good", acts: [], expect: {} })).template.scenarios?.[1]?.name).toBe("good 2");
    const again = { name: "another", acts: [{ do: "start", step: "measure" }], expect: { ended: null } } as const;
    expect(after(pump(), replaceScenario(pump(), "good", again)).template.scenarios).toEqual([{ ...again, name: "good" }]);
    expect(replaceScenario(pump(), "none", again)).toBeNull();
    expect(after(pump(), setTemplate(pump(), ["applies_to"], [{ product: "pump/*" }])).template.applies_to).toEqual([{ product: "pump/*" }]);
    const other = builtIn("pump/overhaul");
    expect(after(pump(), replaceTemplate(pump(), other)).template).toEqual(other);
    expect(replaceTemplate(pump(), pump().template)).toBeNull();
  });
});

describe("words", () => {
  it("are set, and left out when they are empty", () => {
    const draft = after(pump(), setWords(pump(), "/nodes/measure/fields/0/label", "en", "Run out"));
    expect(field(draft, "measure", "runout").label).toEqual({ en: "Run out" });
    expect(field(after(draft, setWords(draft, "/nodes/measure/fields/0/label", "en", "")), "measure", "runout")).not.toHaveProperty("label");
    expect(step(after(pump(), setWords(pump(), "/nodes/replace/title", "en", "")), "replace").title).toEqual({});
    expect(setWords(pump(), "/nodes/replace/help", "en", "")).toBeNull();
  });

  it("are found as asked", () => {
    const places = (find: string, search = {}): string[] => findWords(pump().template, find, search).map(({ pointer, language }) => `${pointer} ${language}`);
    expect(places("MEASURE")).toEqual(["/nodes/measure/title en"]);
    expect(places("MEASURE", { matchCase: true })).toEqual([]);
    expect(places("Meas", { wholeWord: true })).toEqual([]);
    expect(places("测", { wholeWord: true })).toEqual(["/nodes/measure/title zh-CN"]);
    expect(places("e", { language: "zh-CN" })).toEqual([]);
    expect(findWords(pump().template, "o.d")).toEqual([]);
    for (let code = 32; code < 127; code += 1) expect(() => findWords(pump().template, `two${String.fromCharCode(code)}wire`, { wholeWord: true })).not.toThrow();
    expect(findWords(pump().template, "oo")[0]).toMatchObject({ text: "Good", places: [[1, 3]], element: { kind: "option", name: "measure.verdict.good" } });
  });

  it("are replaced everywhere, or only where it is wanted, with what is written", () => {
    const all = after(pump(), replaceInWords(pump(), "e", "$&"));
    expect(all.template.nodes["measure"]?.title).toEqual({ "zh-CN": "测量", en: "M$&asur$&" });
    const one = after(pump(), replaceInWords(pump(), "Good", "Fine", {}, ({ element }) => element.kind === "option"));
    expect(field(one, "measure", "verdict")).toMatchObject({ options: [{ label: { en: "Fine" } }, {}] });
    expect(replaceInWords(pump(), "zebra", "x")).toBeNull();
    expect(replaceInWords(pump(), "", "x")).toBeNull();
  });

  it("of every element are listed, with what is missing", () => {
    const missing = missingWords(pump().template).map(({ pointer, missing: languages }) => `${pointer} ${languages.join()}`);
    expect(missing).toContain("/nodes/replace/title zh-CN");
    expect(missing).not.toContain("/nodes/measure/title ");
    for (const name of BUILT_IN) expect(missingWords(builtIn(name))).toEqual([]);
  });

  it("of nodes that did not change are not looked for again", () => {
    const draft = pump();
    const edited = after(draft, setNode(draft));
    const [before, now] = [elementsOf(draft.template), elementsOf(edited.template)];
    const same = now.filter((element) => before.includes(element));
    expect(same.some(({ name }) => name === "measure.runout")).toBe(true);
    expect(same.some(({ node }) => node === "replace")).toBe(false);
  });
});

function setNode(draft: ReturnType<typeof pump>) {
  return setWords(draft, "/nodes/replace/title", "en", "Exchange");
}

describe("a pointer", () => {
  it("shows what it names, or what is nearest", () => {
    const { template } = pump();
    expect(selectionAt(template, "/nodes/measure/fields/0/unit")).toEqual({ selection: { kind: "fields", node: "measure", fields: ["runout"] }, open: "measure", field: "runout" });
    expect(selectionAt(template, "/nodes/measure/next/1/to")).toMatchObject({ selection: { kind: "edge", node: "measure", index: 1 } });
    expect(selectionAt(template, "/nodes/measure/fields/9")).toMatchObject({ selection: { kind: "nodes", nodes: ["measure"] }, open: "measure" });
    for (const pointer of ["", "/title", "/nodes", "/nodes/gone/title", "nonsense"]) expect(selectionAt(template, pointer).selection).toEqual({ kind: "template" });
  });

  it("is read back as people call it", () => {
    const { template } = pump();
    expect(nameOf(template, "/nodes/measure/fields/3/options/0/label", english)).toBe("Measure › verdict › Good");
    expect(nameOf(template, "/nodes/measure/next/0/when", english)).toBe("Measure › → Replace");
    expect(nameOf(template, "/nodes/scrap", english)).toBe("scrap");
    expect(nameOf(template, "/roles/engineer", english)).toBe("engineer");
    expect(nameOf(template, "", english)).toBe("");
  });

  it("leads to what is selected", () => {
    const { template } = pump();
    expect(pointerTo(template, { kind: "fields", node: "measure", fields: ["before"] })).toBe("/nodes/measure/fields/2");
    expect(pointerTo(template, { kind: "edge", node: "measure", index: 1 })).toBe("/nodes/measure/next/1");
    expect(pointerTo(template, { kind: "template" })).toBe("");
  });
});

describe("the editor", () => {
  it("joins what is typed quickly, and nothing else", () => {
    let now = 0;
    const editor = new Editor(pump(), () => now);
    const type = (text: string, after: number): void => {
      now += after;
      editor.edit((draft) => setWords(draft, "/nodes/measure/title", "en", text));
    };
    type("M1", 100); type("M12", 100); type("M123", 100); type("M1234", 2_000);
    editor.edit((draft) => setWords(draft, "/nodes/measure/title", "zh-CN", "量"));
    const title = () => editor.draft.value.template.nodes["measure"]?.title;
    editor.undo();
    expect(title()).toEqual({ "zh-CN": "测量", en: "M1234" });
    editor.undo();
    expect(title()).toMatchObject({ en: "M123" });
    editor.undo();
    expect(title()).toMatchObject({ en: "Measure" });
    expect(editor.undoable.value).toBeNull();
    editor.redo();
    expect(title()).toMatchObject({ en: "M123" });
    type("M1235", 1);
    expect(editor.redoable.value).toBeNull();
    editor.undo();
    expect(title()).toMatchObject({ en: "M123" });
  });

  it("takes a drag of twenty thousand moves back at once", () => {
    const editor = new Editor(pump(), () => 0);
    const begin = editor.draft.value;
    for (let x = 1; x <= 20_000; x += 1) editor.edit((draft) => moveNodes(draft, { measure: { x, y: 0 } }));
    editor.undo();
    expect(editor.draft.value).toBe(begin);
    editor.redo();
    expect(editor.draft.value.layout).toEqual({ measure: { x: 20_000, y: 0 } });
  });

  it("makes one edit of two, also for a draft that is only equal", () => {
    const first = setWords(pump(), "/nodes/measure/title", "en", "M")!;
    const draft = pump();
    const one = setWords(draft, "/nodes/measure/title", "en", "M1")!;
    const both = joined(one, addField(one.apply(draft), "measure", "text")!.command);
    expect(both.revert(both.apply(draft))).toBe(draft);
    expect(both.revert(both.apply(pump()))).toEqual(draft);
    expect(joined(first, joined(one, first)).label).toEqual(first.label);
  });

  it("never leaves selected what is gone", () => {
    const editor = new Editor(pump(), () => 0);
    const id = editor.add((draft) => addField(draft, "replace", "text"));
    editor.selection.value = { kind: "fields", node: "replace", fields: [id!] };
    editor.undo();
    expect(editor.selection.value).toEqual({ kind: "template" });
  });

  it("leads back, by undo, to what was selected before, if it is still there", () => {
    const editor = new Editor(pump(), () => 0);
    editor.selection.value = { kind: "nodes", nodes: ["replace"] };
    const id = editor.add((draft) => addField(draft, "replace", "text"))!;
    editor.selection.value = { kind: "fields", node: "replace", fields: [id] };
    editor.undo();
    expect(editor.selection.value).toEqual({ kind: "nodes", nodes: ["replace"] });
    editor.selection.value = { kind: "fields", node: "measure", fields: ["runout"] };
    editor.redo();
    expect(editor.selection.value).toEqual({ kind: "fields", node: "measure", fields: ["runout"] });
    editor.edit((draft) => removeFields(draft, "measure", ["runout"]));
    expect(editor.selection.value).toEqual({ kind: "nodes", nodes: ["measure"] });
  });

  it("leads back to the step behind which one was added", () => {
    const editor = new Editor(pump(), () => 0);
    editor.selection.value = { kind: "nodes", nodes: ["measure"] };
    const id = editor.add((draft) => addNode(draft, "step", { after: "measure" }))!;
    editor.selection.value = { kind: "nodes", nodes: [id] };
    editor.undo();
    expect(editor.selection.value).toEqual({ kind: "nodes", nodes: ["measure"] });
  });
});
