import type { PhotoSource } from "../host.ts";

/** A photo of an answer, where it came from and when. */
export interface Taken {
  readonly photo: string;
  readonly source: PhotoSource;
  readonly at: string;
}

export function takenNow(photo: string, source: PhotoSource): Taken {
  return { photo, source, at: new Date().toISOString() };
}

/** With one more at the end; the same photo is never there twice. */
export function withPhoto(photos: readonly Taken[], taken: Taken): readonly Taken[] {
  return [...without(photos, taken.photo), taken];
}

export function without(photos: readonly Taken[], photo: string): readonly Taken[] {
  return photos.filter((each) => each.photo !== photo);
}

/** Another photo in the place of `old`; at the end when `old` has gone in the meantime. */
export function retaken(photos: readonly Taken[], old: string, taken: Taken): readonly Taken[] {
  if (!photos.some(({ photo }) => photo === old)) return withPhoto(photos, taken);
  const others = taken.photo === old ? photos : without(photos, taken.photo);
  return others.map((each) => (each.photo === old ? taken : each));
}
