/** Functions on texts. Positions and lengths count code points. */
import { bounded, fail, MAX_LIST, MAX_TEXT, points } from "./values.ts";
import type { Value } from "./values.ts";

const SPACE = "[ \\t\\n\\v\\f\\r\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const LEADING = new RegExp(`^${SPACE}+`);

const isSpace = new RegExp(SPACE);

/** Where in the text's code units the code point number `at` begins; fails when there is no such place. */
function unitAt(text: string, at: bigint): number {
  if (at < 0n || at > BigInt(text.length)) return fail("bad_index");
  let unit = 0;
  for (let left = Number(at); left > 0; left--) {
    if (unit >= text.length) return fail("bad_index");
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  }
  return unit;
}

const position = (text: string, unit: number): bigint => (unit < 0 ? -1n : BigInt(points(text.slice(0, unit))));

export const indexOf = (text: string, part: string, start = 0n): bigint =>
  position(text, text.indexOf(part, unitAt(text, start)));

export const lastIndexOf = (text: string, part: string, start?: bigint): bigint =>
  position(text, text.lastIndexOf(part, start === undefined ? Infinity : unitAt(text, start)));

export function charAt(text: string, at: bigint): string {
  const unit = unitAt(text, at);
  return unit < text.length ? String.fromCodePoint(text.codePointAt(unit) ?? 0) : "";
}

export function substring(text: string, start: bigint, end?: bigint): string {
  const first = unitAt(text, start);
  const last = end === undefined ? text.length : unitAt(text, end);
  return first <= last ? text.slice(first, last) : fail("bad_index");
}

export function trim(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace.test(text.charAt(end - 1))) end--;
  return text.slice(0, end).replace(LEADING, "");
}

/** The pieces between separators; an empty separator also stands before the first and after the last character. */
const pieces = (text: string, separator: string): string[] => (separator === "" ? ["", ...Array.from(text), ""] : text.split(separator));

export function replace(text: string, old: string, made: string, most = -1n): string {
  const parts = pieces(text, old);
  const places = most < 0n || most >= parts.length ? parts.length - 1 : Number(most);
  if (points(text) + places * (points(made) - points(old)) > MAX_TEXT) return fail("too_long");
  if (places === 0) return text;
  return [...parts.slice(0, places), parts.slice(places).join(old)].join(made);
}

export function split(text: string, separator: string, most = -1n): Value {
  if (most === 0n) return [];
  const parts = separator === "" ? Array.from(text) : text.split(separator);
  const limit = most < 0n || most >= parts.length ? parts.length : Number(most);
  if (limit > MAX_LIST) return fail("too_long");
  return limit === parts.length ? parts : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

export function join(parts: readonly Value[], separator = ""): string {
  if (!parts.every((part) => typeof part === "string")) return fail("type");
  const length = parts.reduce((sum, part) => sum + points(part), points(separator) * Math.max(parts.length - 1, 0));
  return length > MAX_TEXT ? fail("too_long") : bounded(parts.join(separator));
}
