import { canonicalText } from "./canonical.ts";
import words from "../../mendloop_engine/words/problems.json" with { type: "json" };
import type { Json, JsonObject, Words } from "./json_values.ts";
import { isArray, own } from "./json_values.ts";

/** One thing that is wrong: a stable code, a JSON pointer to where, the name of the element, details for the message. */
export interface Problem {
  readonly code: string;
  readonly at: string;
  readonly element: string;
  readonly params: JsonObject;
}

export function problem(code: string, at = "", element = "", params: JsonObject = {}): Problem {
  return { code, at, element, params };
}

/** The problems with their pointers put under `at`, naming `element`. */
export function placed(problems: readonly Problem[], at: string, element: string): readonly Problem[] {
  return problems.map((found) => ({ ...found, at: at + found.at, element }));
}

/** `pointer` one level deeper (RFC 6901). */
export function deeper(pointer: string, ...keys: readonly (string | number)[]): string {
  return pointer + keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

const CATALOGUE: Readonly<Record<string, Words>> = words;

/** The problem in words a person reads; the code itself when the catalogue has none. */
export function messageOf(found: Problem, language: string): string {
  const entry = own(CATALOGUE, found.code) ?? {};
  const text = own(entry, language) ?? own(entry, "en") ?? found.code;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => shown(name === "element" ? found.element : own(found.params, name), whole));
}

function shown(value: Json | undefined, otherwise: string): string {
  if (value === undefined) return otherwise;
  return typeof value === "string" ? value : plain(value);
}

function plain(value: Json): string {
  return isArray(value) ? value.map((item) => shown(item, "")).join(", ") : canonicalText(value);
}
