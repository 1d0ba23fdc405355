import type { Words } from "@mendloop/engine";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { type Taken, takenNow, withPhoto } from "../camera/album.ts";
import { CameraSheet } from "../camera/camera_sheet.tsx";
import { PhotoHint } from "../camera/taken_photos.tsx";
import { type FieldProps, type PhotoSource, setting, useHost } from "../host.ts";
import { ShotRow } from "./photo_shot.tsx";

interface Shot {
  readonly id: string;
  readonly label: Words;
  readonly min?: number;
  readonly max?: number;
  readonly pair?: string | null;
}

type Album = Readonly<Record<string, readonly Taken[]>>;

/** A list of shots: what is wanted, what is there, what is missing; before beside after. */
export function PhotoWidget(props: FieldProps): JSX.Element {
  const host = useHost();
  const { field, answer, readonly, change, settle } = props;
  const album = (typeof answer === "object" && answer !== null ? answer : {}) as unknown as Album;
  const latest = useSignal(album);
  latest.value = album;
  const aimed = useSignal<string | null>(null);
  const shots = setting<Shot[]>(field.settings, "shots") ?? [];
  const hint = `${props.id}-how`;
  const put = (shot: string, photos: readonly Taken[]): void => {
    latest.value = { ...latest.value, [shot]: photos };
    change(latest.value as never);
    settle();
  };
  const add = (id: string, photo: string, source: PhotoSource): void => {
    const [shot, photos] = [shots.find((each) => each.id === id), latest.value[id] ?? []];
    if (shot !== undefined && photos.length < most(shot)) put(id, withPhoto(photos, takenNow(photo, source)));
  };
  const wanted = shots.map((shot) => ({
    id: shot.id, label: host.read(shot.label) || shot.id, min: shot.min ?? 1, max: most(shot),
    taken: (album[shot.id] ?? []).map(({ photo }) => photo), before: shot.pair ? (host.earlierShots(shot.pair)[0] ?? null) : null,
  }));
  return (
    <div class="shots">
      {wanted.map((each, place) => (
        <ShotRow key={each.id} hint={hint} wanted={each} photos={album[each.id] ?? []} paired={Boolean(shots[place]?.pair)} readonly={readonly}
          cameraOnly={setting<boolean>(field.settings, "camera_only") === true} aim={() => { aimed.value = each.id; }}
          add={(photo) => { add(each.id, photo, "gallery"); }} put={(photos) => { put(each.id, photos); }} />
      ))}
      {readonly || wanted.every(({ taken }) => taken.length === 0) ? null : <PhotoHint id={hint} />}
      {aimed.value === null ? null : (
        <CameraSheet wanted={wanted} shot={aimed.value} take={add} aim={(shot) => { aimed.value = shot; }} close={() => { aimed.value = null; }} />
      )}
    </div>
  );
}

/** No most: another one is always offered. */
function most({ max }: Shot): number {
  return max ?? Number.POSITIVE_INFINITY;
}
