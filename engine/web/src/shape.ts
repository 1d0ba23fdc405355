import type { Json, JsonObject } from "./json_values.ts";
import { isArray, isObject, own } from "./json_values.ts";

/** Whether `value` fits a JSON Schema, of the part of JSON Schema that the shapes of answers use. Throws for any other keyword. */
export function fits(schema: JsonObject, value: Json): boolean {
  return Object.entries(schema).every(([keyword, demand]) => rule(keyword)(demand, value, schema));
}

export type Rule = (demand: Json, value: Json, schema: JsonObject) => boolean;

function rule(keyword: string): Rule {
  const found = own(RULES, keyword);
  if (found === undefined) throw new TypeError(`a shape cannot demand ${keyword}`);
  return found;
}

const TYPES: Readonly<Record<string, (value: Json) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  string: (value) => typeof value === "string",
  array: isArray,
  object: isObject,
};

/** What each keyword demands. Those that only the shapes of further field types use come with such a type. */
export const RULES: Record<string, Rule> = {
  type: (demand, value) => (isArray(demand) ? demand : [demand]).some((name) => TYPES[name as string]?.(value) ?? false),
  const: (demand, value) => value === demand,
  minimum: (demand, value) => typeof value !== "number" || value >= (demand as number),
  maximum: (demand, value) => typeof value !== "number" || value <= (demand as number),
};
