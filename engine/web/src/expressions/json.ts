/** JSON data to the values of a declared type, and back. */
import { fromBase64, toBase64 } from "./base64.ts";
import { readDuration, readTimestamp, writeDuration, writeTimestamp } from "./times.ts";
import type { Type } from "./types.ts";
import { ABSENT, CelMap, EvaluationError, fail, kindOf, MAX_STEPS, unsigned, whole } from "./values.ts";
import type { Duration, Timestamp, TypeValue, Uint, Value } from "./values.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const DATE = /^\d{4}-\d\d-\d\d$/;
const INTEGER = /^-?\d{1,20}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const SURROGATE = /\p{Surrogate}/gu;

/** `json` as a value of the type. Null is absent; a member that is null is left out; what does not fit is an error value. */
export function fromJson(type: Type, json: unknown): Value {
  if (json === undefined || (json === null && type !== "null")) return ABSENT;
  try {
    return typeof type === "string" ? (READERS[type] ?? noReader)(json) : compound(type, json);
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}

const noReader = (): never => fail("type");

function compound(type: Exclude<Type, string>, json: unknown): Value {
  if ("list" in type) return Array.isArray(json) ? json.map((item) => fromJson(type.list, item ?? null)) : fail("type");
  if ("map" in type) return map(type.map[1], json);
  const read = new CelMap();
  for (const [name, value] of entries(json)) {
    const member = Object.hasOwn(type.object, name) ? type.object[name] : undefined;
    if (member !== undefined && value !== null && value !== undefined) read.set(name, fromJson(member, value));
  }
  return read;
}

/** Keys in the order of their code points, so that both evaluators walk over them alike. */
function map(type: Type, json: unknown): Value {
  const read = new CelMap();
  const sorted = entries(json).sort(([a], [b]) => byCodePoint(a, b));
  for (const [name, value] of sorted) if (value !== null && value !== undefined) read.set(text(name), fromJson(type, value));
  return read;
}

function byCodePoint(a: string, b: string): number {
  const x = Array.from(a), y = Array.from(b);
  const at = x.findIndex((letter, index) => letter !== y[index]);
  return at < 0 ? x.length - y.length : (x[at]?.codePointAt(0) ?? 0) - (y[at]?.codePointAt(0) ?? -1);
}

function entries(json: unknown): [string, unknown][] {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? Object.entries(json) : fail("type");
}

const text = (json: unknown): string => (typeof json === "string" ? json.replace(SURROGATE, "\ufffd") : fail("type"));
const double = (json: unknown): number => (typeof json === "number" && Number.isFinite(json) ? json : fail("type"));

/** JSON keeps whole numbers only up to 2^53; larger ones come as text. */
function integer(json: unknown): bigint {
  if (typeof json === "string" && INTEGER.test(json)) return BigInt(json);
  return Number.isSafeInteger(json) ? BigInt(json as number) : fail("type");
}

const READERS: Readonly<Record<string, (json: unknown) => Value>> = {
  bool: (json) => (typeof json === "boolean" ? json : fail("type")),
  int: (json) => whole(integer(json)),
  uint: (json) => unsigned(integer(json)),
  double,
  string: text,
  bytes: (json) => (BASE64.test(text(json)) ? fromBase64(text(json)) : fail("type")),
  timestamp: (json) => readTimestamp(DATE.test(text(json)) ? `${text(json)}T00:00:00Z` : text(json)),
  duration: (json) => readDuration(text(json)),
  null: (json) => (json === null ? null : fail("type")),
  dyn: anything,
};

/** Without a type every number is a double and every object a map. */
function anything(json: unknown): Value {
  if (Array.isArray(json)) return json.map((item) => fromJson("dyn", item ?? null));
  if (typeof json === "object") return map("dyn", json);
  if (typeof json === "boolean") return json;
  return typeof json === "string" ? text(json) : double(json);
}

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

const number = (value: bigint): Json => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));

const WRITERS: Readonly<Record<string, (value: never) => Json>> = {
  bool: (value: boolean) => value,
  string: (value: string) => value,
  double: (value: number) => (Number.isFinite(value) ? value : null),
  int: number,
  uint: (value: Uint) => number(value.value),
  bytes: toBase64,
  timestamp: (value: Timestamp) => writeTimestamp(value),
  duration: (value: Duration) => writeDuration(value),
  type: (value: TypeValue) => value.name,
};
