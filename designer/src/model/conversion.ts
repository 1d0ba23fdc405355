import { type FieldType, newField, numbered } from "./beginnings.ts";
import type { Field, Words } from "./template.generated.ts";

type Settings = Readonly<Record<string, unknown>>;

/** Everything that fields of all types have. */
const COMMON = ["id", "label", "help", "internal", "required", "visible", "checks"] as const;

/** Types whose members of these names mean the same. */
const SHARED: readonly { readonly types: readonly FieldType[]; readonly keys: readonly string[] }[] = [
  { types: ["text", "long_text"], keys: ["default", "max_length", "pattern", "placeholder"] },
  { types: ["integer", "number"], keys: ["min", "max"] },
  { types: ["integer", "number", "reading"], keys: ["unit", "default"] },
  { types: ["number", "reading"], keys: ["decimals"] },
  { types: ["choice", "multi_choice"], keys: ["default"] },
  { types: ["text", "long_text", "integer", "number", "boolean", "choice", "multi_choice", "date", "datetime", "reading"], keys: ["value"] },
];

/** The list of labelled things that a type has. */
const LISTS: Readonly<Partial<Record<FieldType, string>>> = {
  choice: "options", multi_choice: "options", checklist: "items", photo: "shots", safety_gate: "points", table: "fixed",
};

/** `field` as one of another type, with all that both have; what only the new type has is as in a new field, said as `begin` says it. */
export function convertedField(field: Field, type: FieldType, begin: (begun: Field) => Field = (begun) => begun): Field {
  const old: Settings = { ...field };
  const kept: Record<string, unknown> = { ...picked(old, COMMON) };
  for (const { types, keys } of SHARED) if (types.includes(field.type) && types.includes(type)) Object.assign(kept, picked(old, keys));
  const { label: _named, ...begun } = begin(newField(type, field.id));
  return { ...begun, ...list(field, type), ...limits(old, field.type, type), ...texts(field, type), ...kept, type } as Field;
}

function picked(from: Settings, keys: readonly string[]): Settings {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
}

interface Labelled {
  readonly id: string;
  readonly label?: Words;
}

/** Options become items, items shots, and so on. */
function list(field: Field, type: FieldType): Settings {
  const from = LISTS[field.type];
  const to = LISTS[type];
  const old = from === undefined ? undefined : (field as unknown as Readonly<Record<string, readonly (Labelled | string)[] | undefined>>)[from];
  if (to === undefined || old === undefined || old.length === 0) return {};
  const things = old.map((thing, index) => labelled(thing, to, index));
  return { [to]: from === to ? old : things };
}

function labelled(thing: Labelled | string, list: string, index: number): Labelled {
  if (typeof thing !== "string") return { id: nameLike(thing.id, list, index), label: thing.label ?? { "zh-CN": thing.id, en: thing.id } };
  return { id: nameLike(thing, list, index), label: { "zh-CN": thing, en: thing } };
}

/** The id of an isolation point may be any text; those of others may not. */
function nameLike(id: string, list: string, index: number): string {
  return list === "points" || /^[a-z][a-z0-9_]{0,63}$/.test(id) ? id : numbered(list, "item", index + 1).id;
}

/** Least and most of a number are what is impossible beyond of a reading. */
function limits(old: Settings, from: FieldType, to: FieldType): Settings {
  if (to === "reading" && isNumber(from)) return hardLimit(old["min"], old["max"]);
  if (!isNumber(to) || from !== "reading" || !Array.isArray(old["hard_limit"])) return {};
  const [least, most] = old["hard_limit"] as readonly unknown[];
  const fits = (limit: unknown): boolean => typeof limit === "number" && (to === "number" || Number.isInteger(limit));
  return { ...(fits(least) ? { min: least } : {}), ...(fits(most) ? { max: most } : {}) };
}

function isNumber(type: FieldType): boolean {
  return type === "integer" || type === "number";
}

function hardLimit(least: unknown, most: unknown): Settings {
  return least === undefined && most === undefined ? {} : { hard_limit: [least ?? null, most ?? null] };
}

/** What an instruction says becomes the hint of what it turns into, and the other way round. */
function texts(field: Field, type: FieldType): Settings {
  if (field.type === "instruction") return { help: field.help ?? field.text };
  return type === "instruction" && field.help !== undefined ? { text: field.help } : {};
}
