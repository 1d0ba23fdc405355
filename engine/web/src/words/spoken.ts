import { canonicalText } from "../canonical.ts";
import type { Json } from "../json_values.ts";
import { isArray, isObject, own } from "../json_values.ts";
import type { Problem } from "../problems.ts";

/** For every code its words in one language, with `{params}`. */
export type Catalogue = Readonly<Record<string, string>>;

/** The problem in words a person reads; the code itself when the catalogue has none. */
export function spoken(found: Problem, catalogue: Catalogue, language: string): string {
  const text = own(catalogue, found.code) ?? found.code;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => plain(name === "element" ? found.element : (own(found.params, name) ?? whole), language));
}

/** Texts as they are, words in the language, lists with commas, anything else as JSON. */
function plain(value: Json, language: string): string {
  if (typeof value === "string") return value;
  if (isArray(value)) return value.map((item) => plain(item, language)).join(", ");
  const words = isObject(value) ? own(value, language) ?? own(value, "en") : undefined;
  return typeof words === "string" ? words : canonicalText(value);
}
