import type { Field } from "../model/index.ts";

export type FieldType = Field["type"];
export type Group = "read" | "enter" | "measure" | "tick" | "shoot" | "scan" | "parts" | "safety" | "sign";

/** The groups in the order in which a repair meets them, each with its types. */
export const GROUPS: Readonly<Record<Group, readonly FieldType[]>> = {
  read: ["instruction"],
  safety: ["safety_gate"],
  shoot: ["photo"],
  tick: ["checklist", "boolean", "choice", "multi_choice"],
  measure: ["reading", "number", "integer"],
  enter: ["text", "long_text", "date", "datetime", "table"],
  scan: ["scan"],
  parts: ["parts"],
  sign: ["signature"],
};

export const TYPES: readonly FieldType[] = Object.values(GROUPS).flat();

/** What a field may sensibly become: something of its answers, or of its settings, means the same there. */
export const CONVERSIONS: Readonly<Record<FieldType, readonly FieldType[]>> = {
  instruction: ["long_text"],
  text: ["long_text", "number", "integer", "scan", "choice", "date"],
  long_text: ["text", "instruction"],
  integer: ["number", "reading", "text"],
  number: ["integer", "reading", "text"],
  boolean: ["choice", "checklist"],
  choice: ["multi_choice", "checklist", "boolean", "text"],
  multi_choice: ["choice", "checklist"],
  date: ["datetime", "text"],
  datetime: ["date", "text"],
  photo: ["checklist"],
  checklist: ["multi_choice", "choice", "photo"],
  reading: ["number", "integer", "text"],
  safety_gate: ["checklist"],
  scan: ["text"],
  parts: [],
  signature: [],
  table: [],
};

/** Types that can be a column of a table. */
export const COLUMN_TYPES: readonly FieldType[] = ["text", "long_text", "integer", "number", "boolean", "choice", "multi_choice", "date", "datetime", "reading"];

/** True when people know this type by what they typed: its name, what it is for, or another word for it. */
export function isMeant(typed: string, texts: readonly string[]): boolean {
  const wanted = typed.trim().toLowerCase().split(/\s+/);
  const known = texts.join(" ").toLowerCase();
  return wanted.every((word) => known.includes(word));
}

/** How well what is typed names a type: 0 is its very name, then names that begin with it, that hold it, then all else. */
export function farness(typed: string, name: string): number {
  const [wanted, known] = [typed.trim().toLowerCase(), name.toLowerCase()];
  const ways = [known === wanted, known.startsWith(wanted), known.includes(wanted)];
  return ways.includes(true) ? ways.indexOf(true) : ways.length;
}

/** What the hand-made arrangement of each type shows; everything else of the field is in the fold below. */
export const OWN_KEYS: Readonly<Record<FieldType, readonly string[]>> = {
  instruction: ["text", "safety", "pictures", "confirm"],
  text: ["placeholder", "max_length"],
  long_text: ["placeholder", "max_length"],
  integer: ["unit", "min", "max"],
  number: ["unit", "min", "max", "decimals"],
  boolean: [],
  choice: ["options"],
  multi_choice: ["options", "min", "max"],
  date: ["min", "max"],
  datetime: ["min", "max"],
  photo: ["shots", "camera_only"],
  checklist: ["items"],
  reading: ["unit", "norm", "tolerance", "soft_limit", "hard_limit", "decimals"],
  safety_gate: ["points", "photo", "second_person", "removes"],
  scan: ["expect", "multiple"],
  parts: ["lines", "allow_other"],
  signature: ["who", "meaning"],
  table: ["columns", "rows", "fixed"],
};

/** What every field has that its card shows already. */
export const HEAD_KEYS: readonly string[] = ["id", "type", "label"];

/** Types that must be filled in unless something else is said. */
const REQUIRED: ReadonlySet<FieldType> = new Set(["photo", "checklist", "reading", "safety_gate", "signature"]);

/** Whether the step waits for this field: always, never, or under a condition. */
export function requiredOf(field: Field): "always" | "never" | "sometimes" {
  const { required = isUsuallyRequired(field) } = field;
  if (typeof required === "string") return "sometimes";
  if (required) return "always";
  return needsLines(field) ? "sometimes" : "never";
}

/** True of parts that are not required as such, while some of their lines have to be accounted for all the same: the engine asks for those in any case. */
export function needsLines(field: Field): boolean {
  return field.type === "parts" && field.required !== true && (field.lines ?? []).some(({ required }) => required === true);
}

/** Whether the step waits for a field of this kind that does not say so itself. */
export function isUsuallyRequired(field: Field): boolean {
  return REQUIRED.has(field.type) || (field.type === "instruction" && field.confirm === true);
}

/** True when the field is not always shown. */
export function isConditional({ visible = true }: Field): boolean {
  return visible !== true;
}
