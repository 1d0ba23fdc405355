import type { Json, JsonObject, Words } from "@mendloop/engine";
import { isSample } from "../model/beginnings.ts";
import { freeName, nameFrom, type Template } from "../model/index.ts";
import { allows, resolved, type Schema } from "./schema/schema.ts";

/** The list with the row `from` at place `to`. */
export function withMoved<Row>(list: readonly Row[], from: number, to: number): Row[] {
  const rest = [...list];
  const [row] = rest.splice(from, 1);
  if (row !== undefined) rest.splice(Math.max(0, Math.min(to, rest.length)), 0, row);
  return rest;
}

const CHINESE = /[\u3400-\u9fff]/;

/** What somebody typed, in the language it is in: Chinese letters are Chinese, the rest is in the language that is spoken. */
export function wordsTyped(text: string, spoken: string): Words {
  return { [CHINESE.test(text) ? "zh-CN" : spoken]: text.trim() };
}

/** A name for machines from words: of their English, else `stem`; always one that is free. */
export function nameFor(words: Words, stem: string, taken: ReadonlySet<string>): string {
  return freeName(nameFrom(words["en"] ?? Object.values(words)[0] ?? "", stem), taken);
}

/** Where a row's words are: the property that is what people call it. */
export function wordsKey(item: Schema): string | null {
  return ["label", "text"].find((key) => item.properties?.[key] !== undefined) ?? null;
}

/** A new row that says `words`. */
export function newRow(root: Schema, item: Schema, words: Words, list: readonly Json[], stem: string): Json {
  const text = Object.values(words)[0] ?? "";
  if (item.properties === undefined) return text;
  const row: Record<string, Json> = {};
  if (item.properties["id"] !== undefined) row["id"] = nameFor(words, stem, namesIn(list));
  const key = wordsKey(item);
  if (key !== null && text !== "") row[key] = words;
  for (const name of item.required ?? []) {
    const first = usualOf(resolved(root, item.properties[name] ?? {}));
    if (row[name] === undefined && first !== undefined) row[name] = first;
  }
  return row;
}

/** What a required setting begins with where that is sure; else it is left to people. */
function usualOf(schema: Schema): Json | undefined {
  if (schema.default !== undefined) return schema.default;
  return schema.enum?.[0] ?? (allows(schema, "array") ? [] : undefined);
}

/** Without the rows that a new list begins with and nobody has touched. */
export function withoutSamples(list: readonly Json[], template: Pick<Template, "languages"> = {}): readonly Json[] {
  return list.filter((row) => !isSample(row, template));
}

export function namesIn(list: readonly Json[]): ReadonlySet<string> {
  return new Set(list.map((row) => (typeof row === "string" ? row : ((row as JsonObject | null)?.["id"] as string | undefined) ?? "")));
}
