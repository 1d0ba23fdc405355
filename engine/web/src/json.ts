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
