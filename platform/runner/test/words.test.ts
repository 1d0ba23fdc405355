import { expect, test } from "vitest";
import fieldsEnglish from "@mendloop/fields/words/en.json";
import fieldsChinese from "@mendloop/fields/words/zh-CN.json";
import english from "../src/words/en.json";
import chinese from "../src/words/zh-CN.json";
import { fill } from "../src/words/index.ts";

const placesOf = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "").sort();

test.each([["the app", english, chinese], ["the fields", fieldsEnglish, fieldsChinese]])("%s says the same things in both languages", (_, en, zh) => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) expect([key, placesOf((zh as Record<string, string>)[key] ?? "")]).toEqual([key, placesOf(text)]);
});

test("no key stands in both the app's and the fields' words", () => {
  const own = new Set(Object.keys(english));
  expect(Object.keys(fieldsEnglish).filter((key) => own.has(key))).toEqual([]);
});

test("a place without a value stays visible", () => {
  expect(fill("{n} of {of}", { n: 1 })).toBe("1 of {of}");
});
