/** JSON data to the values of a declared type, and back. */
import type { Type } from "./types.ts";
import { ABSENT, CelMap, EvaluationError, fail, kindOf, MAX_STEPS, text, whole } from "./values.ts";
import type { Value } from "./values.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const INTEGER = /^-?\d{1,20}$/;

/** `json` as a value of the type. Null is absent; a member that is null is left out; what does not fit is an error value. */
export function fromJson(type: Type, json: unknown): Value {
  if (json === undefined || (json === null && type !== "null")) return ABSENT;
  try {
    return typeof type === "string" ? reader(type)(json, type) : compound(type, json);
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}

function reader(type: string): Reader {
  const found = READERS[type];
  if (!found) throw new Error(`no values of an expression: ${type}`);
  return found;
}

function compound(type: Exclude<Type, string>, json: unknown): Value {
  if ("list" in type) return Array.isArray(json) ? json.map((item) => fromJson(type.list, item ?? null)) : fail("type");
  if ("map" in type) return reader("map")(json, type.map[1]);
  const read = new CelMap();
  for (const [name, value] of entries(json)) {
    const member = Object.hasOwn(type.object, name) ? type.object[name] : undefined;
    if (member !== undefined && value !== null && value !== undefined) read.set(name, fromJson(member, value));
  }
  return read;
}

/** The members of an object. */
export function entries(json: unknown): [string, unknown][] {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? Object.entries(json) : fail("type");
}

export const double = (json: unknown): number => (typeof json === "number" && Number.isFinite(json) ? json : fail("type"));

/** JSON keeps whole numbers only up to 2^53; larger ones come as text. */
export function integer(json: unknown): bigint {
  if (typeof json === "string" && INTEGER.test(json)) return BigInt(json);
  return Number.isSafeInteger(json) ? BigInt(json as number) : fail("type");
}

/** `within`: the type of a map's values. */
export type Reader = (json: unknown, within: Type) => Value;

/** How a value of each type is read; those that not every plan has come with their part of the vocabulary. */
export const READERS: Record<string, Reader> = {
  bool: (json) => (typeof json === "boolean" ? json : fail("type")),
  int: (json) => whole(integer(json)),
  double,
  string: text,
  null: (json) => (json === null ? null : fail("type")),
};

/** `value` as JSON: what is absent, failed or not finite is null, whole numbers beyond 2^53 are text. */
export function toJson(value: Value): Json {
  return write(value, { parts: MAX_STEPS });
}

function write(value: Value, left: { parts: number }): Json {
  if (--left.parts < 0) throw new RangeError("more parts than a value may have");
  if (value instanceof CelMap) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), write(item, left)]));
  }
  if (Array.isArray(value)) return (value as readonly Value[]).map((item) => write(item, left));
  return WRITERS[kindOf(value)]?.(value as never) ?? null;
}

export const number = (value: bigint): Json => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));

export type Writer = (value: never) => Json;

/** How a value of each kind is written. */
export const WRITERS: Record<string, Writer> = {
  bool: (value: boolean) => value,
  string: (value: string) => value,
  double: (value: number) => (Number.isFinite(value) ? value : null),
  int: number,
};
