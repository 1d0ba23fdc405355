import type { Json, JsonObject } from "../json_values.ts";
import { isObject } from "../json_values.ts";
import type { Problem } from "../problems.ts";
import { deeper, problem } from "../problems.ts";
import { trimmed } from "./limits.ts";
import type { Normalised, Settings, Situation } from "./type.ts";
import { FieldType, refused } from "./type.ts";

const CODE: JsonObject = {
  type: "object",
  required: ["code"],
  additionalProperties: false,
  properties: {
    code: { type: "string", maxLength: 4000 },
    format: { type: "string", maxLength: 60 },
    typed: { type: "boolean" },
  },
};

/** One code, or several; perhaps the code of the order's asset, or of a part. */
export class Scan extends FieldType {
  readonly name = "scan";

  answerSchema(): JsonObject {
    return { type: "array", items: CODE, maxItems: 1000 };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    const codes = (raw as readonly JsonObject[])
      .map(({ code, format = "", typed = false }) => ({ code: trimmed(code), format, typed }))
      .filter(({ code }) => code !== null);
    if (codes.length > 1 && settings["multiple"] !== true) return refused("scan.too_many");
    return { answer: codes.length > 0 ? codes : null };
  }

  override incomplete(settings: Settings, answer: Json, _required: boolean, situation: Situation): readonly Problem[] {
    const expect = settings["expect"] ?? null;
    if (expect === null) return [];
    const [wrong, expected = null] = isObject(expect)
      ? ["scan.wrong_part", expect["part"]]
      : ["scan.wrong_asset", situation.order["asset"]];
    return (answer as readonly JsonObject[]).flatMap(({ code = null }, index) =>
      code === expected ? [] : [problem(wrong, deeper("", index), "", { code, expected })],
    );
  }

  override celView(_settings: Settings, answer: Json): Json {
    const codes = (answer as readonly JsonObject[]).map(({ code = null }) => code);
    return { code: codes[0] ?? null, codes };
  }
}
