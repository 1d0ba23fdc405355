import type { Json, JsonObject } from "../json_values.ts";
import { plainNumber, within } from "./limits.ts";
import type { Normalised, Settings } from "./type.ts";
import { FieldType } from "./type.ts";

/** A finite number; the answer keeps all its decimals. */
export class NumberField extends FieldType {
  readonly name: string = "number";

  answerSchema(): JsonObject {
    return { type: "number" };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    return within(settings, plainNumber(raw));
  }
}

/** A whole number within ±(2^53 - 1). */
export class Integer extends NumberField {
  override readonly name = "integer";

  override answerSchema(): JsonObject {
    return { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
  }
}
