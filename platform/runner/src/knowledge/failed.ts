import type { Json, JsonObject, PlanField } from "@mendloop/engine";

interface Limits {
  readonly tolerance?: readonly (number | null)[];
}

interface Column extends Limits {
  readonly id: string;
  readonly type: string;
}

/** What of an answer is not as it should be: `step.field` or `step.field.item`, a reading with `+` or `-` behind it. */
export function failedChecks(step: string, field: PlanField, answer: Json | undefined): readonly string[] {
  const place = `${step}.${field.id}`;
  switch (field.type) {
    case "reading": return off(place, field.settings, answer);
    case "checklist": return Object.entries(asObject(answer)).filter(([, item]) => asObject(item)["result"] === "not_ok").map(([item]) => `${place}.${item}`);
    case "table": return [...new Set(rowsOf(answer).flatMap((row) => columnsOf(field).flatMap((column) => off(`${place}.${column.id}`, column, row[column.id]))))];
    default: return [];
  }
}

function off(place: string, { tolerance }: Limits, answer: Json | undefined): readonly string[] {
  const value = asObject(answer)["value"];
  if (typeof value !== "number" || tolerance === undefined) return [];
  const [low = null, high = null] = tolerance;
  if (low !== null && value < low) return [`${place}-`];
  return high !== null && value > high ? [`${place}+`] : [];
}

function columnsOf({ settings }: PlanField): readonly Column[] {
  return ((settings["columns"] ?? []) as unknown as readonly Column[]).filter(({ type }) => type === "reading");
}

function rowsOf(answer: Json | undefined): readonly JsonObject[] {
  return Array.isArray(answer) ? answer.map(asObject) : [];
}

function asObject(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
