import type { Json, JsonObject } from "./json_values.ts";
import { isWellFormed } from "./json_values.ts";

/** A value that has no canonical JSON: a lone surrogate, NaN, an infinity, something that is not JSON. */
export class NotCanonical extends Error {
  override readonly name = "NotCanonical";
}

/** UTF-8 of the canonical JSON (RFC 8785) of `value`. Throws NotCanonical. */
export function canonical(value: Json): Uint8Array {
  return utf8(canonicalText(value));
}

/** The canonical JSON (RFC 8785) of `value` as text. Throws NotCanonical. */
export function canonicalText(value: Json): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numeral(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (isList(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value === "object") return `{${members(value).join(",")}}`;
  throw new NotCanonical(`not JSON: ${typeof value}`);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** JavaScript compares strings by UTF-16 code units, which is the order the RFC asks for. */
function members(object: JsonObject): string[] {
  return Object.keys(object)
    .sort()
    .map((key) => `${quoted(key)}:${canonicalText(object[key] as Json)}`);
}

function quoted(text: string): string {
  if (!isWellFormed(text)) throw new NotCanonical("lone surrogate");
  return JSON.stringify(text);
}

function numeral(value: number): string {
  if (!Number.isFinite(value)) throw new NotCanonical("not a finite number");
  return String(value === 0 ? 0 : value);
}

/** UTF-8 of well-formed text. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) encode(character.codePointAt(0) ?? 0, bytes);
  return Uint8Array.from(bytes);
}

function encode(point: number, bytes: number[]): void {
  if (point < 0x80) {
    bytes.push(point);
    return;
  }
  const continuations = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  bytes.push((LEADS[continuations - 1] ?? 0) | (point >> (6 * continuations)));
  for (let left = continuations - 1; left >= 0; left--) bytes.push(0x80 | ((point >> (6 * left)) & 0x3f));
}

const LEADS = [0xc0, 0xe0, 0xf0];
