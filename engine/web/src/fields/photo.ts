import type { Json, JsonObject } from "../json_values.ts";
import { own } from "../json_values.ts";
import type { Problem } from "../problems.ts";
import { deeper, problem } from "../problems.ts";
import { parseMoment } from "../time.ts";
import { ids, rows, SHA256, strangers } from "./limits.ts";
import type { Normalised, Settings } from "./type.ts";
import { FieldType, keptUnless } from "./type.ts";

const TAKEN: JsonObject = {
  type: "object",
  required: ["photo", "source", "at"],
  additionalProperties: false,
  properties: { photo: SHA256, source: { enum: ["camera", "gallery"] }, at: { type: "string" } },
};

interface Taken {
  readonly photo: string;
  readonly source: string;
  readonly at: string;
}

type ByShot = Readonly<Record<string, readonly Taken[]>>;

interface Shot {
  readonly id: string;
  readonly min: number;
  readonly max: number;
}

/** Photos by shot. Photos themselves are kept elsewhere, under their SHA-256. */
export class Photo extends FieldType {
  readonly name = "photo";

  answerSchema(): JsonObject {
    return { type: "object", additionalProperties: { type: "array", items: TAKEN, maxItems: 1000 } };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    const given = raw as unknown as ByShot;
    const shots = shotsOf(settings).filter((shot) => (own(given, shot.id) ?? []).length > 0);
    const problems = [...unknownShots(settings, given), ...shots.flatMap((shot) => shotProblems(settings, shot, own(given, shot.id) ?? []))];
    const kept = Object.fromEntries(shots.map((shot) => [shot.id, own(given, shot.id) as unknown as Json]));
    return keptUnless(problems, shots.length > 0 ? kept : null);
  }

  override incomplete(settings: Settings, answer: Json, required: boolean): readonly Problem[] {
    if (!required) return [];
    return shotsOf(settings)
      .filter((shot) => (own(answer as unknown as ByShot, shot.id) ?? []).length < shot.min)
      .map((shot) => problem("photo.shot_missing", deeper("", shot.id), "", { shot: shot.id, limit: shot.min }));
  }

  override celView(settings: Settings, answer: Json): Json {
    const taken = answer as unknown as ByShot;
    return Object.fromEntries(ids(settings, "shots").map((shot) => [shot, (own(taken, shot) ?? []).map(({ photo }) => photo)]));
  }
}

function shotsOf(settings: Settings): readonly Shot[] {
  return rows(settings, "shots") as unknown as readonly Shot[];
}

function unknownShots(settings: Settings, given: ByShot): readonly Problem[] {
  return strangers(given, ids(settings, "shots")).map((shot) => problem("photo.unknown_shot", deeper("", shot), "", { shot }));
}

function shotProblems(settings: Settings, shot: Shot, photos: readonly Taken[]): Problem[] {
  const tooMany = photos.length > shot.max;
  const problems = tooMany ? [problem("photo.too_many", deeper("", shot.id), "", { shot: shot.id, limit: shot.max })] : [];
  photos.forEach(({ source, at }, index) => {
    if (settings["camera_only"] === true && source !== "camera") problems.push(problem("photo.camera_only", deeper("", shot.id, index)));
    if (parseMoment(at) === null) problems.push(problem("answer.not_a_moment", deeper("", shot.id, index, "at")));
  });
  return problems;
}
