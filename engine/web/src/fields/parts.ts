import { globMatches } from "../globs.ts";
import type { Json, JsonObject } from "../json_values.ts";
import type { Problem } from "../problems.ts";
import { deeper, problem } from "../problems.ts";
import { plainNumber, rows, trimmed } from "./limits.ts";
import type { Normalised, Settings, Situation } from "./type.ts";
import { FieldType, keptUnless } from "./type.ts";

const TEXT: JsonObject = { type: ["string", "null"], maxLength: 500 };
const ENTRY: JsonObject = {
  type: "object",
  required: ["part", "quantity", "action"],
  additionalProperties: false,
  properties: {
    part: { type: "string", minLength: 1, maxLength: 100 },
    quantity: { type: "number", exclusiveMinimum: 0 },
    action: { enum: ["used", "removed", "returned", "recycled"] },
    position: { type: ["string", "null"], maxLength: 200 },
    serial: TEXT,
    lot: TEXT,
    note: TEXT,
  },
};
const DETAILS = ["position", "serial", "lot", "note"];
const SEEN = ["part", "quantity", "action", "serial"];

/** What was done with which part. Planned lines may hold for certain faults and products only, and may be required. */
export class Parts extends FieldType {
  readonly name = "parts";

  answerSchema(): JsonObject {
    return { type: "array", items: ENTRY, maxItems: 1000 };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    const given = raw as readonly JsonObject[];
    const planned = rows(settings, "lines").map((line) => line["part"]);
    const strange = (entry: JsonObject): boolean => settings["allow_other"] !== true && !planned.includes(entry["part"]);
    const problems = given.flatMap((entry, index) =>
      strange(entry) ? [problem("parts.not_planned", deeper("", index, "part"), "", { part: entry["part"] ?? null })] : [],
    );
    return keptUnless(problems, given.length > 0 ? given.map(keptEntry) : null);
  }

  /** Every required line that holds for this order, also when nothing was entered; then what is wrong with a used part. */
  override missing(settings: Settings, answer: Json, required: boolean, situation: Situation): readonly Problem[] {
    const given = (answer ?? []) as readonly JsonObject[];
    const lines = rows(settings, "lines");
    const told = new Set(given.map((entry) => lineMeant(lines, entry)));
    const lacking = lines
      .filter((line) => line["required"] === true && holds(line, situation.order) && !told.has(line))
      .map((line) => lineMissing(line, lines));
    const problems = [...lacking, ...given.flatMap((entry, index) => misused(lines, entry, index, situation.order))];
    return problems.length > 0 ? problems : super.missing(settings, answer, required, situation);
  }

  override celView(_settings: Settings, answer: Json): Json {
    return (answer as readonly JsonObject[]).map((entry) =>
      Object.fromEntries(Object.entries(entry).filter(([name]) => SEEN.includes(name))),
    );
  }
}

/** The planned line that an entry is about: its part's, at its position where the part is planned for several. */
export function lineMeant<Line extends { readonly part?: Json; readonly position?: Json }>(lines: readonly Line[], entry: { readonly part?: Json; readonly position?: Json }): Line | undefined {
  const own = lines.filter((line) => line.part === entry.part);
  return own.length === 1 ? own[0] : own.find((line) => (line.position ?? null) === (entry.position ?? null));
}

/** Told with its position where the part alone does not say which line. */
function lineMissing({ part = null, position = null }: JsonObject, lines: readonly JsonObject[]): Problem {
  const isAlone = lines.filter((each) => each["part"] === part).length === 1;
  return isAlone || position === null ? problem("parts.line_missing", "", "", { part }) : problem("parts.line_missing_at", "", "", { part, position });
}

/** Whether a planned line is meant for this order; one that names no fault or product is meant for all. */
function holds(line: JsonObject, order: JsonObject): boolean {
  return meant(line["faults"], order["fault_codes"]) && meant(line["products"], [order["product"] ?? ""]);
}

function meant(wanted: Json | undefined, found: Json | undefined): boolean {
  const globs = (wanted ?? []) as readonly string[];
  return globs.length === 0 || globs.some((glob) => ((found ?? []) as readonly string[]).some((each) => globMatches(glob, each)));
}

/** A used part that does not fit the order's product, or whose serial number is wanted. */
function misused(lines: readonly JsonObject[], entry: JsonObject, index: number, order: JsonObject): Problem[] {
  const { part = null, action, serial } = entry;
  const line = lineMeant(lines, entry) ?? lines.find((each) => each["part"] === part);
  if (line === undefined || action !== "used") return [];
  const fits = meant(line["products"], [order["product"] ?? ""]);
  const problems = fits ? [] : [problem("parts.other_product", deeper("", index, "part"), "", { part })];
  return line["serial"] !== true || serial !== undefined ? problems : [...problems, problem("parts.serial_missing", deeper("", index, "serial"), "", { part })];
}

function keptEntry(entry: JsonObject): JsonObject {
  const details = DETAILS.map((name) => [name, trimmed(entry[name])] as const).filter(([, text]) => text !== null);
  const { part = null, quantity = null, action = null } = entry;
  return { part, quantity: plainNumber(quantity), action, ...Object.fromEntries(details) };
}
