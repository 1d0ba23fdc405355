import type { Json, JsonObject } from "../json_values.ts";
import { isArray } from "../json_values.ts";
import type { Problem } from "../problems.ts";
import { problem } from "../problems.ts";
import { plainNumber, trimmed } from "./limits.ts";
import type { Normalised, Settings } from "./type.ts";
import { FieldType } from "./type.ts";

/** A value with its unit. Outside `tolerance` it is marked, outside `soft_limit` it needs a reason, outside `hard_limit` it is refused. */
export class Reading extends FieldType {
  readonly name = "reading";

  override computed(_settings: Settings, value: Json): Json {
    return { value };
  }

  answerSchema(): JsonObject {
    return {
      type: "object",
      required: ["value"],
      additionalProperties: false,
      properties: {
        value: { type: "number" },
        reason: { type: ["string", "null"], maxLength: 5000 },
        in_tolerance: { type: "boolean" },
      },
    };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    const given = raw as JsonObject;
    const value = plainNumber(given["value"] ?? null);
    const hard = settings["hard_limit"];
    if (isArray(hard) && outside(value, hard)) return impossible(value, hard);
    const reason = trimmed(given["reason"]);
    const answer = { value, in_tolerance: !outside(value, settings["tolerance"]) };
    return { answer: reason === null ? answer : { ...answer, reason } };
  }

  override incomplete(settings: Settings, answer: Json): readonly Problem[] {
    const { value = null, reason } = answer as JsonObject;
    const unexplained = outside(value as number, settings["soft_limit"]) && reason === undefined;
    return unexplained ? [problem("reading.reason_missing", "/reason", "", { value })] : [];
  }
}

function impossible(value: number, [low = null, high = null]: readonly Json[]): Normalised {
  return { problems: [problem("reading.impossible", "/value", "", { value, low, high })] };
}

/** Whether the value is below the first or above the second limit; null is no limit. */
export function outside(value: number, limits: Json | undefined): boolean {
  if (!isArray(limits)) return false;
  const [low, high] = limits;
  return (typeof low === "number" && value < low) || (typeof high === "number" && value > high);
}
