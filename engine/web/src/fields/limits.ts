import type { Json, JsonObject } from "../json_values.ts";
import { isArray } from "../json_values.ts";
import type { Normalised, Settings } from "./type.ts";
import { refused } from "./type.ts";

/** The name of a photo. */
export const SHA256: JsonObject = { type: "string", pattern: "^[0-9a-f]{64}$" };

/** `text` without white space around it; null when nothing is left or nothing was there. */
export function trimmed(text: Json | undefined): string | null {
  const rest = typeof text === "string" ? text.trim() : "";
  return rest === "" ? null : rest;
}

/** A number with minus zero made zero. */
export function plainNumber(value: Json): number {
  return value === 0 ? 0 : (value as number);
}

/** The number, unless `min` or `max` of the settings object to it. */
export function within(settings: Settings, value: number): Normalised {
  const { min, max } = settings;
  if (typeof min === "number" && value < min) return refused("answer.too_small", { limit: min });
  if (typeof max === "number" && value > max) return refused("answer.too_large", { limit: max });
  return { answer: value };
}

/** The entries of one of the settings' lists. */
export function rows(settings: Settings, key: string): readonly JsonObject[] {
  const entries = settings[key] ?? null;
  return isArray(entries) ? (entries as readonly JsonObject[]) : [];
}

/** The ids of the entries of one of the settings' lists. */
export function ids(settings: Settings, key: string): readonly string[] {
  return rows(settings, key).map((entry) => entry["id"] as string);
}

/** The names in `given` that are not `known`, in an order that every language agrees on. */
export function strangers(given: object, known: readonly string[]): readonly string[] {
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .sort();
}
