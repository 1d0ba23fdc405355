import type { Words } from "@mendloop/engine";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { CameraSheet } from "../camera/camera_sheet.tsx";
import { Viewer } from "../camera/viewer.tsx";
import { type FieldProps, type PhotoSource, setting, useHost } from "../host.ts";
import { ShotRow } from "./photo_shot.tsx";

export interface Shot {
  readonly id: string;
  readonly label: Words;
  readonly min?: number;
  readonly max?: number;
  readonly pair?: string | null;
}

export interface Taken {
  readonly photo: string;
  readonly source: PhotoSource;
  readonly at: string;
}

export type Album = Readonly<Record<string, readonly Taken[]>>;

/** A list of shots: what is wanted, what is there, what is missing; before beside after. */
export function PhotoWidget(props: FieldProps): JSX.Element {
  const host = useHost();
  const { field, answer, readonly, change, settle } = props;
  const album = (typeof answer === "object" && answer !== null ? answer : {}) as unknown as Album;
  const latest = useSignal(album);
  latest.value = album;
  const aimed = useSignal<string | null>(null);
  const viewed = useSignal<{ shot: string; photo: string } | null>(null);
  const shots = setting<Shot[]>(field.settings, "shots") ?? [];
  const put = (next: Album): void => { latest.value = next; change(next as never); settle(); };
  const add = (shot: string, photo: string, source: PhotoSource): void => {
    if (!hasRoom(shots, latest.value, shot)) return;
    put({ ...latest.value, [shot]: [...without(latest.value, shot, photo), { photo, source, at: new Date().toISOString() }] });
  };
  const drop = (shot: string, photo: string): void => { put({ ...latest.value, [shot]: without(latest.value, shot, photo) }); };
  const wanted = shots.map((shot) => ({
    id: shot.id, label: host.read(shot.label) || shot.id, min: shot.min ?? 1, max: most(shot),
    taken: (album[shot.id] ?? []).map(({ photo }) => photo), before: shot.pair ? (host.earlierShots(shot.pair)[0] ?? null) : null,
  }));
  const seen = viewed.value;
  return (
    <div class="shots">
      {wanted.map((each) => (
        <ShotRow key={each.id} wanted={each} paired={Boolean(shots.find(({ id }) => id === each.id)?.pair)} readonly={readonly}
          cameraOnly={setting<boolean>(field.settings, "camera_only") === true} aim={() => { aimed.value = each.id; }}
          add={(photo) => { add(each.id, photo, "gallery"); }} view={(photo) => { viewed.value = { shot: each.id, photo }; }} />
      ))}
      {aimed.value === null ? null : (
        <CameraSheet wanted={wanted} shot={aimed.value} take={add} aim={(shot) => { aimed.value = shot; }} close={() => { aimed.value = null; }} />
      )}
      {seen === null ? null : (
        <Viewer photo={seen.photo} label={wanted.find(({ id }) => id === seen.shot)?.label ?? ""} close={() => { viewed.value = null; }}
          retake={readonly ? undefined : () => { viewed.value = null; drop(seen.shot, seen.photo); aimed.value = seen.shot; }}
          remove={readonly ? undefined : () => { viewed.value = null; drop(seen.shot, seen.photo); }} />
      )}
    </div>
  );
}

function hasRoom(shots: readonly Shot[], album: Album, id: string): boolean {
  const shot = shots.find((each) => each.id === id);
  return shot !== undefined && (album[id] ?? []).length < most(shot);
}

function most(shot: Shot): number {
  return shot.max ?? Math.max(1, shot.min ?? 1);
}

function without(album: Album, shot: string, photo: string): readonly Taken[] {
  return (album[shot] ?? []).filter((each) => each.photo !== photo);
}
