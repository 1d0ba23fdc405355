/** The keywords of JSON Schema that the shapes of long, listed and composed answers use. */
import type { Json, JsonObject } from "./json_values.ts";
import { isArray, isObject, own } from "./json_values.ts";
import type { Rule } from "./shape.ts";
import { fits, RULES } from "./shape.ts";
import { codePoints } from "./text.ts";

const FURTHER: Readonly<Record<string, Rule>> = {
  enum: (demand, value) => (demand as readonly Json[]).includes(value),
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

/** From now on shapes may demand these too. */
export function learnKeywords(): void {
  Object.assign(RULES, FURTHER);
}

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
