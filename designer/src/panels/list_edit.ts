import type { Json, JsonObject, Words } from "@mendloop/engine";
import { freeName } from "../model/index.ts";
import { allows, resolved, type Schema } from "./schema/schema.ts";

/** The list with the row `from` at place `to`. */
export function withMoved<Row>(list: readonly Row[], from: number, to: number): Row[] {
  const rest = [...list];
  const [row] = rest.splice(from, 1);
  if (row !== undefined) rest.splice(Math.max(0, Math.min(to, rest.length)), 0, row);
  return rest;
}

const BULLET = /^\s*(?:[-–—*•·●○■□☐☑✓▪◦]|\(?\d{1,3}[.)、）．]|[（(]\d{1,3}[)）])\s*/u;
const CHINESE = /[\u3400-\u9fff]/;

/** What was pasted as one text for each line: without bullets, numbers, empty lines, and what encloses cells of a spreadsheet. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.replace(BULLET, "").replace(/^"(.*)"$/, "$1").trim()).filter((line) => line !== "");
}

/** A line's words: of two columns the Chinese one is Chinese and the other English. */
export function wordsOfLine(line: string, spoken: string): Words {
  const cells = line.split("\t").map((cell) => cell.trim()).filter((cell) => cell !== "");
  const chinese = cells.find((cell) => CHINESE.test(cell));
  const other = cells.find((cell) => !CHINESE.test(cell) && /\p{L}/u.test(cell));
  if (cells.length > 1 && chinese !== undefined && other !== undefined) return { "zh-CN": chinese, en: other };
  return { [spoken]: cells.find((cell) => /\p{L}/u.test(cell)) ?? cells[0] ?? line };
}

const NAME_LENGTH = 40;

/** A name for machines from words: of their English, else `stem`; always one that is free. */
export function nameFor(words: Words, stem: string, taken: ReadonlySet<string>): string {
  const english = (words["en"] ?? Object.values(words)[0] ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "_").slice(0, NAME_LENGTH).replace(/^[\d_]+|_+$/g, "");
  return freeName(english === "" ? stem : english, taken);
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

export function namesIn(list: readonly Json[]): ReadonlySet<string> {
  return new Set(list.map((row) => (typeof row === "string" ? row : ((row as JsonObject | null)?.["id"] as string | undefined) ?? "")));
}
