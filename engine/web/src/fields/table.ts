import type { Json, JsonObject } from "../json_values.ts";
import { isArray } from "../json_values.ts";
import type { Problem } from "../problems.ts";
import { problem } from "../problems.ts";
import type { Normalised, Settings } from "./type.ts";
import { FieldType, refused } from "./type.ts";

/** Rows with one answer per column. The engine evaluates each row's columns as it does a step's fields. */
export class Table extends FieldType {
  readonly name = "table";
  override readonly hasColumns = true;

  answerSchema(): JsonObject {
    return { type: "array", items: { type: "object" }, maxItems: 500 };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    const count = (raw as readonly Json[]).length;
    if (count === 0) return { answer: null };
    const fixed = settings["fixed"];
    if (isArray(fixed)) return count === fixed.length ? { answer: raw } : refused("table.row_unknown", { limit: fixed.length });
    const most = limits(settings)["max"];
    return typeof most === "number" && count > most ? refused("answer.too_many", { limit: most }) : { answer: raw };
  }

  override incomplete(settings: Settings, answer: Json): readonly Problem[] {
    const least = limits(settings)["min"];
    const few = typeof least === "number" && (answer as readonly Json[]).length < least;
    return few ? [problem("answer.too_few", "", "", { limit: least })] : [];
  }
}

function limits(settings: Settings): JsonObject {
  return (settings["rows"] ?? {}) as JsonObject;
}
