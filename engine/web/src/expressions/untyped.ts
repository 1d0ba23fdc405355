/** Values whose type says little: maps, and JSON of any kind. */
import { double, entries, fromJson } from "./json.ts";
import type { Type } from "./types.ts";
import { CelMap, text } from "./values.ts";
import type { Value } from "./values.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Keys in the order of their code points, so that both evaluators walk over them alike. */
function map(json: unknown, type: Type): Value {
  const read = new CelMap();
  const sorted = entries(json).sort(([a], [b]) => byCodePoint(a, b));
  for (const [name, value] of sorted) if (value !== null && value !== undefined) read.set(text(name), fromJson(type, value));
  return read;
}

function byCodePoint(a: string, b: string): number {
  const x = Array.from(a), y = Array.from(b);
  const at = x.findIndex((letter, index) => letter !== y[index]);
  return at < 0 ? x.length - y.length : (x[at]?.codePointAt(0) ?? 0) - (y[at]?.codePointAt(0) ?? -1);
}

/** Without a type every number is a double and every object a map. */
function anything(json: unknown): Value {
  if (Array.isArray(json)) return json.map((item) => fromJson("dyn", item ?? null));
  if (typeof json === "object") return map(json, "dyn");
  if (typeof json === "boolean") return json;
  return typeof json === "string" ? text(json) : double(json);
}

export const VOCABULARY: Vocabulary = { readers: { map, dyn: anything } };
