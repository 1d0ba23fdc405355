import type { Json } from "@mendloop/engine";
import { describe, expect, test } from "vitest";
import { numbered, USUAL } from "../../src/model/beginnings.ts";
import { writtenIn } from "../../src/model/tongues.ts";
import { nameFor, newRow, withMoved, withoutSamples, wordsTyped } from "../../src/panels/list_edit.ts";
import { resolved, type Schema, schemaAt } from "../../src/panels/schema/schema.ts";
import { json, pump } from "./given.ts";

const root = json("engine/mendloop_engine/schema/template-1.json") as Schema;

function itemOf(...path: (string | number)[]): Schema {
  return resolved(root, schemaAt(root, pump, path)!.items!);
}

describe("lists", () => {
  test("what is typed is in the language of its letters", () => {
    expect(wordsTyped("检查密封", "en")).toEqual({ "zh-CN": "检查密封" });
    expect(wordsTyped(" MCC-12 ", "zh-CN")).toEqual({ "zh-CN": "MCC-12" });
    expect(wordsTyped("Check the seal", "en")).toEqual({ en: "Check the seal" });
  });

  test("a new row gets a name of its English words that is free", () => {
    expect(nameFor({ en: "Check the seal!" }, "item", new Set())).toBe("check_the_seal");
    expect(nameFor({ en: "Check the seal" }, "item", new Set(["check_the_seal"]))).toBe("check_the_seal_2");
    expect(nameFor({ "zh-CN": "检查密封" }, "item", new Set(["item"]))).toBe("item_2");
    expect(nameFor({ en: "3 bolts" }, "item", new Set())).toBe("bolts");
  });

  test("a new row has what the schema asks for where that is sure", () => {
    expect(newRow(root, itemOf("nodes", "as_found", "fields", 2, "shots"), { en: "Front" }, [], "shot")).toEqual({ id: "front", label: { en: "Front" } });
    expect(newRow(root, itemOf("nodes", "as_found", "fields", 0, "safety"), { en: "Hot" }, [], "note")).toEqual({ level: "info", text: { en: "Hot" } });
  });

  test("only rows that nobody has touched are samples", () => {
    const samples = [numbered("items", "item", 1), numbered("options", "option", 2)];
    const touched = [{ ...samples[0], allow_na: true }, { id: "item_1", label: { en: "Item 1" } }, { id: "item_1", label: { "zh-CN": "检查项 1", en: "No leaks" } }, { id: "x", label: 7 }, "Item 1", null];
    expect(withoutSamples([...samples, ...touched] as Json[])).toEqual(touched);
    const ready = USUAL.flatMap((usual): readonly unknown[] => ("value" in usual ? usual.value : []));
    expect([ready.length, withoutSamples(ready as Json[])]).toEqual([4, []]);
    const chinese = { languages: ["zh-CN"] } as const;
    expect(withoutSamples(writtenIn(chinese, [...samples, ...ready]) as Json[], chinese)).toEqual([]);
  });

  test("a row moves to its new place and the others keep their order", () => {
    expect(withMoved(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"]);
    expect(withMoved(["a", "b", "c", "d"], 3, 0)).toEqual(["d", "a", "b", "c"]);
    expect(withMoved(["a", "b"], 0, 9)).toEqual(["b", "a"]);
  });
});
