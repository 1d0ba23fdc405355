import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ChainRecord, Json } from "../src/index.ts";
import { canonicalText, chainHash, NotCanonical } from "../src/index.ts";

interface Named {
  readonly name: string;
  readonly value: Json;
  readonly text: string;
  readonly record: ChainRecord;
  readonly hash: string;
}

/** Read, not imported: a bundler writes JSON as an object literal, in which `__proto__` is no member. */
function examples(name: string): { readonly cases: readonly Named[]; readonly refused: readonly Named[] } {
  const text = readFileSync(new URL(`../../conformance/${name}`, import.meta.url), "utf8");
  return JSON.parse(text) as ReturnType<typeof examples>;
}

const canonicalExamples = examples("canonical.json");
const chainExamples = examples("chain.json");

describe("the written examples", () => {
  it.each(canonicalExamples.cases)("canonical text of $name", ({ value, text }) => {
    expect(canonicalText(value)).toBe(text);
  });

  it.each(canonicalExamples.refused)("no canonical text of $name", ({ value }) => {
    expect(() => canonicalText(value)).toThrow(NotCanonical);
  });

  it.each(chainExamples.cases)("hash of $name", ({ record, hash }) => {
    expect(chainHash(record)).toBe(hash);
  });
});
