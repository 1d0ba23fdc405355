import { type Json, type JsonObject, type PlanField, sha256Hex, utf8 } from "@mendloop/engine";

/** In the answers of a scenario: a photo that is made up, whichever form its place asks for. */
export const PHOTO = "@photo";

interface Shot {
  readonly id: string;
  readonly min?: number;
}

/** The hash of a photo that does not exist; the same as the engine's. */
export function madeUpPhoto(seed: string): string {
  return sha256Hex(utf8(`mendloop ${seed}`));
}

export function shotsOf({ settings }: Pick<PlanField, "settings">): readonly Shot[] {
  return (settings["shots"] ?? []) as unknown as readonly Shot[];
}

/** The least number of photos for each shot. */
export function leastAlbum(field: PlanField, at: string): JsonObject {
  return Object.fromEntries(shotsOf(field).map(({ id, min = 1 }) => [id, Array.from({ length: Math.max(1, min) }, (_, n) => shot(at, `${id} ${n}`))]));
}

/** The answer with each "@photo" made a photo: a shot's entry in photo fields, a hash elsewhere. */
export function withPhotos(field: PlanField | undefined, answer: Json, at: string): Json {
  if (answer === PHOTO && field?.type === "photo") return leastAlbum(field, at);
  if (answer === PHOTO && field?.type === "signature") return { name: "Ada", image: madeUpPhoto("signature") };
  return replaced(answer, at, field?.type === "photo");
}

function replaced(answer: Json, at: string, asShot: boolean): Json {
  if (answer === PHOTO) return asShot ? shot(at, "photo") : madeUpPhoto("photo");
  if (Array.isArray(answer)) return (answer as readonly Json[]).map((item) => replaced(item, at, asShot));
  if (typeof answer !== "object" || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, item]) => [name, replaced(asShot && item === PHOTO ? [item] : item, at, asShot)]));
}

function shot(at: string, seed: string): JsonObject {
  return { photo: madeUpPhoto(seed), source: "camera", at };
}

const HASH = /^[0-9a-f]{64}$/;

/** The other way round: an answer as a scenario writes it, so that whoever reads it sees no hashes. */
export function withoutPhotos(field: PlanField | undefined, answer: Json): Json {
  if (field?.type === "photo") return asAlbum(field, answer as unknown as Readonly<Record<string, readonly Json[]>>);
  if (typeof answer === "string") return HASH.test(answer) ? PHOTO : answer;
  if (Array.isArray(answer)) return (answer as readonly Json[]).map((item) => withoutPhotos(undefined, item));
  if (typeof answer !== "object" || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, item]) => [name, withoutPhotos(undefined, item)]));
}

function asAlbum(field: PlanField, album: Readonly<Record<string, readonly Json[]>>): Json {
  const isLeast = shotsOf(field).every(({ id, min = 1 }) => album[id]?.length === Math.max(1, min));
  if (isLeast) return PHOTO;
  return Object.fromEntries(Object.entries(album).map(([id, taken]) => [id, taken.map(() => PHOTO)]));
}
