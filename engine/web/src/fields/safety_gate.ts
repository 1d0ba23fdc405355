import type { Json, JsonObject } from "../json_values.ts";
import { isObject, own, withoutKey } from "../json_values.ts";
import type { Problem } from "../problems.ts";
import { deeper, problem } from "../problems.ts";
import type { Lock } from "../state.ts";
import { ids } from "./limits.ts";
import type { Settings, Situation } from "./type.ts";
import { FieldType } from "./type.ts";

type ByPoint = Readonly<Record<string, Lock>>;

/** With `points`, closed once each is locked and, with `second_person`, confirmed. With `removes`, done once no lock of that gate stands. */
export class SafetyGate extends FieldType {
  readonly name = "safety_gate";
  override readonly madeByEngine = true;

  answerSchema(): JsonObject {
    return { type: "object" };
  }

  override missing(settings: Settings, _answer: Json, required: boolean, situation: Situation): readonly Problem[] {
    if (!required) return [];
    const removes = settings["removes"];
    if (typeof removes !== "string") return unsafePoints(settings, standing(situation.gate, situation.locks));
    const points = Object.keys(standing(removes, situation.locks));
    return points.length > 0 ? [problem("safety.lock_standing", "", "", { points })] : [];
  }

  /** Closed with its locks, or removed with what was unlocked in this visit; none while something is missing. */
  override made(settings: Settings, answer: Json, situation: Situation): Json {
    if (this.missing(settings, answer, true, situation).length > 0) return null;
    if (typeof settings["removes"] === "string") return { removed: true, points: isObject(answer) ? (answer["points"] ?? {}) : {} };
    return { closed: true, points: records(ids(settings, "points"), standing(situation.gate, situation.locks)) };
  }

  override celView(_settings: Settings, answer: Json): Json {
    return withoutKey(answer as JsonObject, "points");
  }
}

/** The locks of one gate, by point. */
function standing(gate: string, locks: ByPoint): ByPoint {
  const ofGate = Object.entries(locks).filter(([key]) => key.startsWith(`${gate}.`));
  return Object.fromEntries(ofGate.map(([key, lock]) => [key.slice(gate.length + 1), lock]));
}

function unsafePoints(settings: Settings, locks: ByPoint): Problem[] {
  return ids(settings, "points").flatMap((point) => {
    const lock = own(locks, point);
    if (lock === undefined) return [problem("safety.not_locked", deeper("", point), "", { point })];
    const unconfirmed = settings["second_person"] === true && lock.confirmed_by === null;
    return unconfirmed ? [problem("safety.not_confirmed", deeper("", point), "", { point })] : [];
  });
}

function records(points: readonly string[], locks: ByPoint): JsonObject {
  return Object.fromEntries(points.flatMap((point) => Object.entries(locks).filter(([key]) => key === point)).map(([point, lock]) => [point, recordOf(lock)]));
}

/** A lock as the record keeps it: who, when, its photo, who confirmed. */
function recordOf({ by, at, photo, confirmed_by }: Lock): JsonObject {
  return { by, at, ...(photo !== null && { photo }), ...(confirmed_by !== null && { confirmed_by }) };
}
