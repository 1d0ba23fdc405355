import { canonicalHash } from "../chain.ts";
import type { Json, JsonObject } from "../json_values.ts";
import { problem } from "../problems.ts";
import { SHA256, trimmed } from "./limits.ts";
import type { Normalised, Settings, Situation } from "./type.ts";
import { FieldType } from "./type.ts";

/** A name and a drawn signature; completing binds it to the hash of the step's answers. */
export class Signature extends FieldType {
  readonly name = "signature";
  override readonly seals = true;

  answerSchema(): JsonObject {
    return {
      type: "object",
      required: ["name", "image"],
      additionalProperties: false,
      properties: { name: { type: "string", maxLength: 200 }, image: SHA256 },
    };
  }

  override normalise(_settings: Settings, raw: Json): Normalised {
    const { name, image = null } = raw as JsonObject;
    const text = trimmed(name);
    return text === null ? { problems: [problem("signature.name_missing", "/name")] } : { answer: { name: text, image } };
  }

  /** With the hash of what was signed, the person who was working, and the moment. */
  override sealed(_settings: Settings, answer: Json, others: JsonObject, { order, visit, by, at }: Situation): Json {
    const signed = canonicalHash({ order: order["number"] ?? null, visit, answers: others });
    return { ...(answer as JsonObject), signed, by, at };
  }

  override celView(_settings: Settings, answer: Json): Json {
    return { name: (answer as JsonObject)["name"] ?? null };
  }
}
