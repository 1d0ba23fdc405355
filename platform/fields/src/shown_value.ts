import type { Json, JsonObject, PlanField, Words } from "@mendloop/engine";
import { type FieldHost, setting } from "./host.ts";

interface Labelled {
  readonly id: string;
  readonly label: Words;
}

/** What the speaker needs: the words of the app and those of the template. */
export type Speaker = Pick<FieldHost, "say" | "read" | "language">;

/** A value as a person reads it: yes or no, a number with its unit, an option by its name, lists and objects as a line. */
export function shownValue(field: PlanField, value: Json, host: Speaker): string {
  if (typeof value === "number") return withUnit(field, value, host);
  if (typeof value === "string") return optionName(field, value, host);
  if (isReading(value)) return reading(field, value, host);
  return plain(value, host, (each) => (typeof each === "string" ? optionName(field, each, host) : null));
}

function withUnit({ settings }: PlanField, value: number, host: Speaker): string {
  const unit = setting<Words | string>(settings, "unit");
  const text = typeof unit === "string" ? unit : host.read(unit);
  return text === "" ? String(value) : `${value} ${text}`;
}

type Reading = JsonObject & { readonly value: number };

function isReading(value: Json): value is Reading {
  return typeof value === "object" && value !== null && typeof (value as JsonObject)["value"] === "number";
}

function reading(field: PlanField, { value, in_tolerance }: Reading, host: Speaker): string {
  const verdict = typeof in_tolerance === "boolean" ? ` · ${host.say(in_tolerance ? "reading.in" : "reading.out")}` : "";
  return withUnit(field, value, host) + verdict;
}

function optionName({ settings }: PlanField, value: string, host: Speaker): string {
  const found = (setting<readonly Labelled[]>(settings, "options") ?? []).find(({ id }) => id === value);
  return found === undefined ? value : host.read(found.label) || value;
}

function plain(value: Json, host: Speaker, named: (value: Json) => string | null): string {
  const comma = host.language.value === "zh-CN" ? "、" : ", ";
  const inside = (each: Json): string => named(each) ?? plain(each, host, named);
  if (typeof value === "boolean") return host.say(value ? "boolean.yes" : "boolean.no");
  if (value === null) return "–";
  if (Array.isArray(value)) return (value as readonly Json[]).map(inside).join(comma);
  if (typeof value === "object") return Object.entries(value as JsonObject).map(([name, each]) => `${name}: ${inside(each)}`).join(comma);
  return String(value);
}
