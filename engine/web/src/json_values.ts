/** JSON values as the engine handles them. Nothing here is ever changed in place. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** Words in several languages: `{"zh-CN": "…", "en": "…"}`. */
export type Words = Readonly<Record<string, string>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** What `object` itself holds under `key`; never what it inherits ("constructor" is a lawful id). */
export function own<T>(object: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** `object` with `key` set to `value`; `object` stays as it is. */
export function withKey<T>(object: Readonly<Record<string, T>>, key: string, value: T): Readonly<Record<string, T>> {
  return { ...object, [key]: value };
}

/** `object` without `key`; `object` stays as it is. */
export function withoutKey<T>(object: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** A JSON number within ±(2^53 - 1): beyond, some readers of JSON keep other numbers than were written. */
export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** A whole number within ±(2^53 - 1). */
export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** False when `text` holds half of a surrogate pair: such text has no UTF-8. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}
