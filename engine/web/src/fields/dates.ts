import type { Json, JsonObject } from "../json_values.ts";
import { parseDay, parseMoment, toMillisecond } from "../time.ts";
import type { Normalised, Settings } from "./type.ts";
import { FieldType, refused } from "./type.ts";

/** A moment in UTC: `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
export class Moment extends FieldType {
  readonly name: string = "datetime";
  protected readonly malformed: string = "answer.not_a_moment";

  protected parse(text: Json | undefined): number | null {
    return parseMoment(text);
  }

  /** The computed moment in the one form answers have: to the millisecond. */
  override computed(_settings: Settings, value: Json): Json {
    return toMillisecond(value as string);
  }

  answerSchema(): JsonObject {
    return { type: "string" };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    const moment = this.parse(raw);
    if (moment === null) return refused(this.malformed);
    const { min = null, max = null } = settings;
    if (moment < (this.parse(min) ?? -Infinity)) return refused("answer.too_small", { limit: min });
    if (moment > (this.parse(max) ?? Infinity)) return refused("answer.too_large", { limit: max });
    return { answer: raw };
  }
}

/** A day: `YYYY-MM-DD`. */
export class Day extends Moment {
  override readonly name = "date";
  protected override readonly malformed = "answer.not_a_date";

  protected override parse(text: Json | undefined): number | null {
    return parseDay(text);
  }

  /** The day, in UTC, of the computed moment. */
  override computed(_settings: Settings, value: Json): Json {
    return (value as string).slice(0, 10);
  }

  override celView(_settings: Settings, answer: Json): Json {
    return `${answer as string}T00:00:00.000Z`;
  }
}
