import type { JsonObject } from "./json_values.ts";

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
