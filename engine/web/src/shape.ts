import type { Json, JsonObject } from "./json_values.ts";
import { isArray, isObject, own } from "./json_values.ts";
import { codePoints } from "./text.ts";

/** Whether `value` fits a JSON Schema, of the part of JSON Schema that the shapes of answers use. Throws for any other keyword. */
export function fits(schema: JsonObject, value: Json): boolean {
  return Object.entries(schema).every(([keyword, demand]) => rule(keyword)(demand, value, schema));
}

type Rule = (demand: Json, value: Json, schema: JsonObject) => boolean;

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

const RULES: Readonly<Record<string, Rule>> = {
  type: (demand, value) => (isArray(demand) ? demand : [demand]).some((name) => TYPES[name as string]?.(value) ?? false),
  const: (demand, value) => value === demand,
  enum: (demand, value) => (demand as readonly Json[]).includes(value),
  minimum: (demand, value) => typeof value !== "number" || value >= (demand as number),
  maximum: (demand, value) => typeof value !== "number" || value <= (demand as number),
  exclusiveMinimum: (demand, value) => typeof value !== "number" || value > (demand as number),
  exclusiveMaximum: (demand, value) => typeof value !== "number" || value < (demand as number),
  minLength: (demand, value) => typeof value !== "string" || codePoints(value) >= (demand as number),
  maxLength: (demand, value) => typeof value !== "string" || codePoints(value) <= (demand as number),
  pattern: (demand, value) => typeof value !== "string" || new RegExp(demand as string, "u").test(value),
  minItems: (demand, value) => !isArray(value) || value.length >= (demand as number),
  maxItems: (demand, value) => !isArray(value) || value.length <= (demand as number),
  items: (demand, value) => !isArray(value) || value.every((item) => fits(demand as JsonObject, item)),
  required: (demand, value) => !isObject(value) || (demand as readonly string[]).every((name) => Object.hasOwn(value, name)),
  properties: (demand, value) => !isObject(value) || membersFit(demand as JsonObject, value),
  additionalProperties: (demand, value, schema) => !isObject(value) || othersFit(demand, value, schema),
};

function membersFit(properties: JsonObject, value: JsonObject): boolean {
  return Object.entries(properties).every(([name, schema]) => {
    const member = own(value, name);
    return member === undefined || fits(schema as JsonObject, member);
  });
}

/** The members that `properties` does not name: none may be there, or each fits. */
function othersFit(demand: Json, value: JsonObject, schema: JsonObject): boolean {
  const named = (schema["properties"] ?? {}) as JsonObject;
  const others = Object.entries(value).filter(([name]) => !Object.hasOwn(named, name));
  if (typeof demand === "boolean") return demand || others.length === 0;
  return others.every(([, member]) => fits(demand as JsonObject, member));
}
