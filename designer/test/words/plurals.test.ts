import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { filled } from "../../src/words/plurals.ts";

const FOLDER = new URL("../../src/words/", import.meta.url);
const of = (values: Readonly<Record<string, string | number>>) => (name: string) => values[name];

test("one thing is one thing, and none or many are things", () => {
  const told = (count: number): string => filled("{count} {count|step|steps} on {day}", "en", of({ count, day: "Monday" }));
  expect([0, 1, 2, 21].map(told)).toEqual(["0 steps on Monday", "1 step on Monday", "2 steps on Monday", "21 steps on Monday"]);
  expect(filled("{count} 个步骤", "zh-CN", of({ count: 1 }))).toBe("1 个步骤");
});

test("a place without a value stays as it is written", () => {
  expect(filled("{who} {count|thing|things}", "en", of({}))).toBe("{who} {count|thing|things}");
});

test("no English words count things without a word for one of them", () => {
  const english = readdirSync(FOLDER).filter((name) => name.endsWith(".en.json"));
  const texts = english.flatMap((name) => Object.entries(JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as Record<string, string>));
  const careless = texts.filter(([key, text]) => /\{(count|steps|acts|limit|n)\} [a-z]+s\b/.test(text) && !MANY.test(key));
  expect(careless).toEqual([]);
});

/** These are said of two and more; of one something else is said. */
const MANY = /^fields\.(some_|removed)|^edit\.paste_lines/;
