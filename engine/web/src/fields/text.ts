import { search } from "../expressions/index.ts";
import type { Program } from "../expressions/index.ts";
import type { Json, JsonObject } from "../json_values.ts";
import { isObject } from "../json_values.ts";
import { codePoints } from "../text.ts";
import { trimmed } from "./limits.ts";
import type { Normalised, Settings } from "./type.ts";
import { FieldType, refused } from "./type.ts";

/** One line of text, trimmed; empty is no answer. */
export class Text extends FieldType {
  readonly name: string = "text";

  answerSchema(): JsonObject {
    return { type: "string" };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    const text = trimmed(raw);
    if (text === null) return { answer: null };
    const { max_length: limit = null } = settings;
    if (typeof limit === "number" && codePoints(text) > limit) return refused("answer.too_long", { limit });
    const { program = null, pattern = null } = settings;
    return isObject(program) && !search(program as unknown as Program, text) ? refused("answer.pattern", { pattern }) : { answer: text };
  }
}

/** Several lines of text. */
export class LongText extends Text {
  override readonly name = "long_text";
}
