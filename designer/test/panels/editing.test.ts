import { describe, expect, test } from "vitest";
import { changeList, setAt, setWord } from "../../src/panels/edit.ts";
import { moved } from "../../src/panels/typing.ts";
import { missingIn, tonguesIn, tonguesOf } from "../../src/panels/tongues.ts";
import { opened, pump } from "./given.ts";

describe("edits of a control", () => {
  test("what is typed into one control is undone as one", () => {
    const session = opened();
    for (const minutes of [1, 15, 150]) setAt(session, "/nodes/rotor/standard_minutes", minutes, "Standard time");
    expect(session.editor.draft.value.template.nodes["rotor"]).toMatchObject({ standard_minutes: 150 });
    session.editor.undo();
    expect(session.editor.draft.value.template).toEqual(pump);
    expect(session.editor.undoable.value).toBeNull();
  });

  test("two controls are two edits", () => {
    const session = opened();
    setAt(session, "/nodes/rotor/standard_minutes", 5, "Standard time");
    setAt(session, "/nodes/shaft/standard_minutes", 5, "Standard time");
    session.editor.undo();
    expect(session.editor.draft.value.template.nodes["rotor"]).toMatchObject({ standard_minutes: 5 });
  });

  test("an edit that changes nothing is none", () => {
    const session = opened();
    setAt(session, "/key", pump.key, "Key");
    setAt(session, "/nodes/rotor/next", pump.nodes["rotor"]?.kind === "step" ? structuredClone(pump.nodes["rotor"].next) : null, "Next");
    expect(session.editor.undoable.value).toBeNull();
  });

  test("the last language that is emptied takes the words along", () => {
    const session = opened();
    setWord(session, "/nodes/rotor/description", "en", "Between centres");
    expect(session.editor.draft.value.template.nodes["rotor"]).toMatchObject({ description: { en: "Between centres" } });
    setWord(session, "/nodes/rotor/description", "en", "");
    expect(session.editor.draft.value.template.nodes["rotor"]).not.toHaveProperty("description");
  });

  test("a list is changed as a whole", () => {
    const session = opened();
    changeList(session, "/scenarios", "Scenarios", (list) => list.slice(1));
    expect(session.editor.draft.value.template.scenarios?.length).toBe((pump.scenarios?.length ?? 0) - 1);
    session.editor.undo();
    expect(session.editor.draft.value.template).toEqual(pump);
  });
});

describe("the cursor", () => {
  test("stays by the same letters when somebody writes before it", () => {
    expect(moved(5, "shaft", "the shaft")).toBe(9);
    expect(moved(2, "shaft", "shafts")).toBe(2);
  });

  test("goes to the end of a change that it stands in", () => {
    expect(moved(7, "Measure runout", "Measure")).toBe(7);
    expect(moved(10, "Measure it now", "Measure them now")).toBe(12);
  });
});

describe("languages", () => {
  test("a text lacks where another language has one, or where it is asked for", () => {
    expect(missingIn({ "zh-CN": "转子" }, "en", false)).toBe(true);
    expect(missingIn({}, "en", false)).toBe(false);
    expect(missingIn(undefined, "en", true)).toBe(true);
    expect(missingIn({ en: " ", "zh-CN": "转子" }, "en", false)).toBe(true);
  });

  test("the language that is spoken comes first, others are kept", () => {
    expect(tonguesOf({ de: "Läufer" }, "en", tonguesIn({}))).toEqual(["en", "zh-CN", "de"]);
  });

  test("a template in one language shows that one; what is said in the other is left alone", () => {
    expect(tonguesOf({ en: "Rotor", "zh-CN": "转子" }, "zh-CN", tonguesIn({ languages: ["en"] }))).toEqual(["en"]);
    expect(tonguesIn({ languages: ["en", "zh-CN"] })).toEqual(["zh-CN", "en"]);
    expect(tonguesIn({ languages: [] })).toEqual(["zh-CN", "en"]);
  });
});
