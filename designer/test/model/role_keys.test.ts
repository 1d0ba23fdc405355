import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isName } from "../../src/model/index.ts";
import { roleKeyFrom } from "../../src/model/role_keys.ts";

const CASES = JSON.parse(readFileSync(new URL("../../../tests/conformance/role_keys.json", import.meta.url), "utf-8")) as Record<string, string>;

test("different roles are called differently, whatever they are written with; the same words the same everywhere", () => {
  expect(roleKeyFrom("质检员")).not.toBe(roleKeyFrom("安全员"));
  expect(roleKeyFrom(" 质检员 ")).toBe(roleKeyFrom("质检员"));
  expect(roleKeyFrom("QA 质检员")).not.toBe(roleKeyFrom("QA 安全员"));
});

test("a workbook's role is called as the designer's", () => {
  for (const [words, key] of Object.entries(CASES)) expect(roleKeyFrom(words)).toBe(key);
  expect(Object.values(CASES).every(isName)).toBe(true);
});
