import { expect, test } from "vitest";
import { EVIDENCE } from "@mendloop/fields/icons/evidence.ts";
import fieldsEnglish from "@mendloop/fields/words/en.json";
import fieldsMoreEnglish from "@mendloop/fields/words/en.more.json";
import fieldsChinese from "@mendloop/fields/words/zh-CN.json";
import fieldsMoreChinese from "@mendloop/fields/words/zh-CN.more.json";
import english from "../src/words/en.json";
import moreEnglish from "../src/words/en.more.json";
import chinese from "../src/words/zh-CN.json";
import moreChinese from "../src/words/zh-CN.more.json";
import { fill } from "../src/words/index.ts";
import { everything, fetchedWith } from "./sources.ts";

const placesOf = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "").sort();
const catalogues = [
  ["the app at first", english, chinese], ["the app later", moreEnglish, moreChinese],
  ["the fields at first", fieldsEnglish, fieldsChinese], ["the fields later", fieldsMoreEnglish, fieldsMoreChinese],
] as const;

test.each(catalogues)("%s says the same things in both languages", (_, en, zh) => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) expect([key, placesOf((zh as Record<string, string>)[key] ?? "")]).toEqual([key, placesOf(text)]);
});

test("no key stands in two catalogues", () => {
  const keys = catalogues.flatMap(([, en]) => Object.keys(en));
  expect(keys.filter((key, place) => keys.indexOf(key) < place)).toEqual([]);
});

/** Whether `source` says `key`, by its name or by the beginning of it. */
function says(source: string, key: string): boolean {
  if (key.includes(".") ? source.includes(`"${key}"`) : source.includes(`say("${key}"`)) return true;
  return [...source.matchAll(/`([a-z_]+\.[a-z_.]*)\$\{/g)].some(([, beginning]) => key.startsWith(beginning ?? ""));
}

function draws(source: string, icon: string): boolean {
  return new RegExp(`\\b(?:Icon name|icon)[=:][^>\n]*"${icon}"`).test(source);
}

test.each([["the runner", "main.tsx"], ["a form by itself", "screens/step_fields.tsx"]])("%s says and draws at first only what comes with it", (_, entry) => {
  const sources = fetchedWith(entry);
  expect(sources.size).toBeGreaterThan(20);
  const later = [...Object.keys(moreEnglish), ...Object.keys(fieldsMoreEnglish)];
  const said = [...sources].flatMap(([file, source]) => later.filter((key) => says(source, key)).map((key) => `${key} in ${file}`));
  const drawn = [...sources].flatMap(([file, source]) => Object.keys(EVIDENCE).filter((icon) => draws(source, icon)).map((icon) => `${icon} in ${file}`));
  expect({ said, drawn }).toEqual({ said: [], drawn: [] });
});

test("what the first screens do not say is not fetched for them", () => {
  const source = [...fetchedWith("main.tsx").values()].join("\n");
  expect([...Object.keys(english), ...Object.keys(fieldsEnglish)].filter((key) => !says(source, key))).toEqual([]);
});

test("nothing is translated that nobody says", () => {
  const source = everything();
  expect(catalogues.flatMap(([, en]) => Object.keys(en)).filter((key) => !says(source, key))).toEqual([]);
});

test("a place without a value stays visible", () => {
  expect(fill("{n} of {of}", { n: 1 })).toBe("1 of {of}");
});
