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
    serial: TEXT,
    lot: TEXT,
    note: TEXT,
  },
};
const DETAILS = ["serial", "lot", "note"];
const SEEN = ["part", "quantity", "action", "serial"];

/** What was done with which part. Planned lines may hold for certain faults only, and may be required. */
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

  /** Every required line that holds for the order's faults, also when nothing was entered at all. */
  override missing(settings: Settings, answer: Json, required: boolean, situation: Situation): readonly Problem[] {
    const given = ((answer ?? []) as readonly JsonObject[]).map((entry) => entry["part"]);
    const faults = (situation.order["fault_codes"] ?? []) as readonly string[];
    const problems = rows(settings, "lines")
      .filter((line) => line["required"] === true && holds(line, faults) && !given.includes(line["part"]))
      .map((line) => problem("parts.line_missing", "", "", { part: line["part"] ?? null }));
    return problems.length > 0 ? problems : super.missing(settings, answer, required, situation);
  }

  override celView(_settings: Settings, answer: Json): Json {
    return (answer as readonly JsonObject[]).map((entry) =>
      Object.fromEntries(Object.entries(entry).filter(([name]) => SEEN.includes(name))),
    );
  }
}

/** Whether a planned line is meant for these faults; one that names none is meant for all. */
function holds(line: JsonObject, faults: readonly string[]): boolean {
  const wanted = line["faults"] as readonly string[];
  return wanted.length === 0 || wanted.some((glob) => faults.some((fault) => globMatches(glob, fault)));
}

function keptEntry(entry: JsonObject): JsonObject {
  const details = DETAILS.map((name) => [name, trimmed(entry[name])] as const).filter(([, text]) => text !== null);
  const { part = null, quantity = null, action = null } = entry;
  return { part, quantity: plainNumber(quantity), action, ...Object.fromEntries(details) };
}
