import type { Json, JsonObject } from "../json_values.ts";
import { ids } from "./limits.ts";
import type { Normalised, Settings } from "./type.ts";
import { FieldType, refused } from "./type.ts";

/** One option, by its id. */
export class Choice extends FieldType {
  readonly name = "choice";

  answerSchema(): JsonObject {
    return { type: "string" };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    return ids(settings, "options").includes(raw as string) ? { answer: raw } : refused("answer.not_an_option", { value: raw });
  }
}
