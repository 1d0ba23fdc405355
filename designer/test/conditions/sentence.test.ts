import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { sentenceOf } from "../../src/conditions/sentence.ts";
import type { Template } from "../../src/model/index.ts";
import { language, type Language, speak, speakOfMore } from "../../src/words/index.ts";
import said from "./sentences.json" with { type: "json" };

const TEMPLATES = join(import.meta.dirname, "..", "..", "..", "builtin_templates");

function templateOf(name: string): Template {
  return JSON.parse(readFileSync(join(TEMPLATES, `${name}.json`), "utf8")) as Template;
}

/** The server says the same on paper: tests/web/test_printed_conditions.py reads the same file. */
describe.each<Language>(["en", "zh-CN"])("in %s", (spoken) => {
  beforeAll(async () => {
    vi.stubGlobal("document", { documentElement: {} });
    await speak(spoken);
    await speakOfMore();
  });

  test.each(said)("$template, $node: $source", ({ template, node, source, ...words }) => {
    expect(language.value).toBe(spoken);
    expect(sentenceOf(templateOf(template), node, source)).toBe(words[spoken]);
  });
});
