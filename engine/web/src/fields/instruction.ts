import type { Json, JsonObject } from "../json_values.ts";
import type { Normalised, Settings } from "./type.ts";
import { FieldType } from "./type.ts";

/** Something to read. With `confirm`, the answer is `true` once it was read; without, there is none. */
export class Instruction extends FieldType {
  readonly name = "instruction";

  answerSchema(settings: Settings): JsonObject {
    return settings["confirm"] === true ? { type: "boolean" } : { const: false };
  }

  override normalise(_settings: Settings, raw: Json): Normalised {
    return { answer: raw === true ? true : null };
  }
}
