import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { celOf, leafOf } from "../../src/conditions/leaf.ts";
import { groupOf, sourceOf } from "../../src/conditions/rows.ts";
import { celTokens } from "../../src/model/cel_tokens.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const KEYS = new Set(["when", "that", "required", "visible"]);

function expressionsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (KEYS.has(key) && typeof inner === "string" ? [inner] : expressionsOf(inner)));
}

const FOLDER = join(ROOT, "builtin_templates");
const FILES = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
const BUILT_IN = FILES.flatMap((file) => expressionsOf(JSON.parse(readFileSync(join(FOLDER, file), "utf8"))));

const texts = (source: string): readonly string[] => celTokens(source).map(({ text }) => text);

test.each([
  ["running", { path: "running", op: "is_true", right: null }],
  ["!runout.in_tolerance", { path: "runout.in_tolerance", op: "is_false", right: null }],
  ["has(steps.charge.charged)", { path: "steps.charge.charged", op: "has", right: null }],
  ["!has(note)", { path: "note", op: "has_not", right: null }],
  ["runout.value > 0.05", { path: "runout.value", op: ">", right: { kind: "number", value: "0.05" } }],
  ["x == -3", { path: "x", op: "==", right: { kind: "number", value: "-3" } }],
  ["verdict != 'a\\'b'", { path: "verdict", op: "!=", right: { kind: "text", value: "a'b" } }],
  ["serial.code == order.asset", { path: "serial.code", op: "==", right: { kind: "path", value: "order.asset" } }],
  ["size(visits.drain_test) > 0", { path: "visits.drain_test", op: "visited", right: null }],
  ["size(visits.parts) == 0", { path: "visits.parts", op: "not_visited", right: null }],
  ["size(photos.front) >= 2", { path: "photos.front", op: "size>=", right: { kind: "number", value: "2" } }],
  ["'P-12' in order.fault_codes", { path: "order.fault_codes", op: "holds", right: { kind: "text", value: "P-12" } }],
  ["!('P-12' in order.fault_codes)", { path: "order.fault_codes", op: "holds_not", right: { kind: "text", value: "P-12" } }],
  ["state in ['a', \"b\"]", { path: "state", op: "one_of", right: { kind: "texts", values: ["a", "b"] } }],
  ["order.product.startsWith('pump/')", { path: "order.product", op: "starts", right: { kind: "text", value: "pump/" } }],
  ["!note.contains('x')", { path: "note", op: "contains_not", right: { kind: "text", value: "x" } }],
  ["now - order.created > duration('48h')", { path: "order.created", op: "longer_ago", right: { kind: "hours", value: "48" } }],
  ["used.exists(line, line.part == 'GSK')", { path: "used", op: "used", right: { kind: "text", value: "GSK" } }],
  ["visits.measure[0].runout.value <= 1.5", { path: "visits.measure[0].runout.value", op: "<=", right: { kind: "number", value: "1.5" } }],
  ["((a == 'b'))", { path: "a", op: "==", right: { kind: "text", value: "b" } }],
] as const)("%s is one row", (source, expected) => {
  const leaf = leafOf(source);
  expect(leaf).toEqual(expected);
  expect(leafOf(celOf(leaf!)!)).toEqual(expected);
});

test.each([
  "a + 1 > 2", "!a == b", "used.exists(line, line.part == 'A' && line.action == 'used')", "a ? b : c", "size(a) + 1 > 2", "note == r'\\d'", "note == '\\u4e2d'",
  "!'x' in codes", "has(a.b[0])", "f(x)", "now - a > duration('90m')", "a == null", "a[b] == 1",
])("%s says more than a row can show, and stays as it is written", (source) => {
  const group = groupOf(source);
  expect(leafOf(source)).toBeNull();
  expect(group && sourceOf(group)).toBe(source);
});

test.each([
  ["a && b && c", true, 3],
  ["a || b", false, 2],
  ["a && (b || c)", true, 2],
  ["a || b && c", false, 2],
  ["(a)", true, 1],
  ["", true, 0],
])("%s is taken apart", (source, all, count) => {
  expect(groupOf(source)).toMatchObject({ all });
  expect(groupOf(source)?.parts).toHaveLength(count);
});

test.each(["a && // why\n b", "a && 'open", "a ) && (b", "a # b"])("%s is left alone", (source) => {
  expect(groupOf(source)).toBeNull();
});

test("every expression of the built-in templates comes back with the same tokens", () => {
  expect(BUILT_IN.length).toBeGreaterThan(60);
  const bare = (source: string): string => texts(source).join(" ").replaceAll("'", '"').replaceAll(/[()] ?/g, "");
  for (const source of BUILT_IN) {
    const group = groupOf(source);
    expect(group, source).not.toBeNull();
    expect(bare(sourceOf(group!)!), source).toBe(bare(source));
    expect(sourceOf(groupOf(sourceOf(group!)!)!), "stable").toBe(sourceOf(group!));
  }
});

test("brackets keep the meaning of groups within groups", () => {
  const group = groupOf("(a || b) && !(c && d) && (e ? f : g)");
  expect(sourceOf(group!)).toBe("(a || b) && !(c && d) && (e ? f : g)");
  expect(sourceOf({ kind: "group", all: true, parts: [{ kind: "row", source: "a ? b : c", leaf: null }, { kind: "row", source: "d", leaf: null }] })).toBe("(a ? b : c) && d");
});

test("most conditions that designers write are rows through and through", () => {
  const rows = BUILT_IN.map((source) => groupOf(source)!);
  const isPlain = (part: ReturnType<typeof groupOf>): boolean => part!.parts.every((inner) => (inner.kind === "group" ? isPlain(inner) : inner.leaf !== null));
  expect(rows.filter(isPlain).length / rows.length).toBeGreaterThan(0.85);
});
