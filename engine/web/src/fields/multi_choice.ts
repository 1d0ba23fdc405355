import type { Json, JsonObject } from "../json_values.ts";
import type { Problem } from "../problems.ts";
import { deeper, problem } from "../problems.ts";
import { ids } from "./limits.ts";
import type { Normalised, Settings } from "./type.ts";
import { FieldType, refused } from "./type.ts";

/** Some options by their ids, in the order of the options, none twice; none at all is no answer. */
export class MultiChoice extends FieldType {
  readonly name = "multi_choice";

  answerSchema(): JsonObject {
    return { type: "array", items: { type: "string" }, maxItems: 500 };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    const chosen = raw as readonly string[];
    const options = ids(settings, "options");
    const unknown = notAmong(options, chosen);
    if (unknown.length > 0) return { problems: unknown };
    const ordered = options.filter((option) => chosen.includes(option));
    const most = settings["max"];
    if (typeof most === "number" && ordered.length > most) return refused("answer.too_many", { limit: most });
    return { answer: ordered.length > 0 ? ordered : null };
  }

  override incomplete(settings: Settings, answer: Json): readonly Problem[] {
    const least = settings["min"];
    const few = typeof least === "number" && (answer as readonly string[]).length < least;
    return few ? [problem("answer.too_few", "", "", { limit: least })] : [];
  }
}

function notAmong(options: readonly string[], chosen: readonly string[]): Problem[] {
  return chosen.flatMap((value, index) =>
    options.includes(value) ? [] : [problem("answer.not_an_option", deeper("", index), "", { value })],
  );
}
