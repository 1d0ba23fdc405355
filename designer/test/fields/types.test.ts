import { describe, expect, it, vi } from "vitest";
import schema from "../../../engine/mendloop_engine/schema/template-1.json";
import { matching } from "../../src/fields/add_menu.tsx";
import { lostKeys } from "../../src/fields/edits.ts";
import { COLUMN_TYPES, CONVERSIONS, isMeant, OWN_KEYS, requiredOf, TYPES } from "../../src/fields/types.ts";
import { convertField, type Field, fieldsOf, newField, SIMPLE_TYPES } from "../../src/model/index.ts";
import en from "../../src/words/fields.en.json";
import zh from "../../src/words/fields.zh-CN.json";
import { speak, speakOfMore } from "../../src/words/index.ts";
import { templateWith } from "./of.ts";

interface Rule { readonly if: { readonly properties: { readonly type: { readonly const: string } } }; readonly then: { readonly $ref?: string; readonly properties?: object } }
const rules = schema.$defs.field.allOf as unknown as readonly Rule[];

function keysOf(type: string): readonly string[] {
  const then = rules.find((rule) => rule.if.properties.type.const === type)?.then;
  const named = then?.$ref?.split("/").at(-1);
  const found = named === undefined ? then : (schema.$defs as unknown as Record<string, { readonly properties?: object }>)[named];
  return Object.keys(found?.properties ?? {});
}

describe("the list of types", () => {
  it("has every type of the format once", () => {
    expect([...TYPES].sort()).toEqual(rules.map((rule) => rule.if.properties.type.const).sort());
    expect(new Set(TYPES).size).toBe(TYPES.length);
  });
  it("has a name, an explanation and other words for each, in both languages", () => {
    for (const words of [en, zh] as Record<string, string>[]) for (const type of TYPES) for (const kind of ["type", "about", "find"]) expect(words[`fields.${kind}_${type}`], `${kind} ${type}`).toBeTruthy();
  });
  it("says the same things in both languages", () => { expect(Object.keys(en)).toEqual(Object.keys(zh)); });
  it("knows only settings that the format has", () => {
    for (const type of TYPES) for (const key of OWN_KEYS[type]) expect(keysOf(type), `${type}.${key}`).toContain(key);
  });
  it("offers as columns what the format takes there", () => { expect([...COLUMN_TYPES].sort()).toEqual([...SIMPLE_TYPES].sort()); });
  it("is searched by any words, in any order", () => {
    expect(isMeant("before photo", ["Photos", "picture camera before after"])).toBe(true);
    expect(isMeant("公差", ["测量", "读数 公差"])).toBe(true);
    expect(isMeant("", ["x"])).toBe(true);
    expect(isMeant("weight", ["Photos"])).toBe(false);
  });
});

it("is offered first where what is typed is its very name", async () => {
  vi.stubGlobal("document", { documentElement: {} });
  await speak("zh-CN");
  await speakOfMore();
  const first = (typed: string): string | undefined => matching(typed)[0]?.types[0];
  expect([first("备件"), first("扫码"), first("数值"), first("签")]).toEqual(["parts", "scan", "number", "signature"]);
  expect(matching("").flatMap(({ types }) => types)).toEqual(TYPES);
});

describe("turning a field into another type", () => {
  it("is offered for other types only, and always does something", () => {
    for (const type of TYPES) for (const target of CONVERSIONS[type]) {
      const draft = { template: templateWith([newField(type, "one")]), layout: {} };
      const made = convertField(draft, "look", "one", target);
      expect(fieldsOf(made?.apply(draft).template.nodes["look"])[0]?.type, `${type} to ${target}`).toBe(target);
    }
  });
  it("tells what is lost", () => {
    const before: Field = { id: "gap", type: "reading", unit: "mm", norm: 1, tolerance: [0, 2] };
    const draft = { template: templateWith([before]), layout: {} };
    const after = fieldsOf(convertField(draft, "look", "gap", "number")?.apply(draft).template.nodes["look"])[0];
    expect(lostKeys(before, after)).toEqual(expect.arrayContaining(["norm"]));
    expect(lostKeys(before, after)).not.toContain("unit");
  });
});

it("knows what must be filled in without being told", () => {
  expect(requiredOf({ id: "p", type: "photo", shots: [] })).toBe("always");
  expect(requiredOf({ id: "t", type: "text" })).toBe("never");
  expect(requiredOf({ id: "t", type: "text", required: "x.value > 1" })).toBe("sometimes");
  expect(requiredOf({ id: "i", type: "instruction", text: {}, confirm: true })).toBe("always");
  expect(requiredOf({ id: "r", type: "reading", unit: "mm", required: false })).toBe("never");
});

it("parts of which one must be accounted for are not optional, whatever the field as a whole says", () => {
  const parts = { id: "u", type: "parts", lines: [{ part: "A" }, { part: "B", required: true }] } as const;
  expect([requiredOf(parts), requiredOf({ ...parts, required: false }), requiredOf({ ...parts, required: true })]).toEqual(["sometimes", "sometimes", "always"]);
  expect(requiredOf({ id: "u", type: "parts", lines: [{ part: "A" }] })).toBe("never");
});
