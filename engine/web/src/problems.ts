import { canonicalText } from "./canonical.ts";
import words from "../../mendloop_engine/words/problems.json" with { type: "json" };
import type { Json, JsonObject, Words } from "./json_values.ts";
import { isArray, isObject, own } from "./json_values.ts";

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
  const close = own(found.params, "suggestion") ? "+suggestion" : "";
  const text = own(entry, language + close) ?? own(entry, language) ?? own(entry, "en") ?? found.code;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => plain(name === "element" ? found.element : (own(found.params, name) ?? whole), language));
}

/** Texts as they are, words in the language, lists with commas, anything else as JSON. */
function plain(value: Json, language: string): string {
  if (typeof value === "string") return value;
  if (isArray(value)) return value.map((item) => plain(item, language)).join(", ");
  const words = isObject(value) ? own(value, language) ?? own(value, "en") : undefined;
  return typeof words === "string" ? words : canonicalText(value);
}
