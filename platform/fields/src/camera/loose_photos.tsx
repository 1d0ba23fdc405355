import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { type Taken, takenNow, withPhoto } from "./album.ts";
import { CameraSheet } from "./camera_sheet.tsx";
import { PhotoHint, TakenPhotos } from "./taken_photos.tsx";

export interface LoosePhotosProps {
  readonly id: string;
  readonly min: number;
  readonly photos: readonly string[];
  readonly readonly: boolean;
  change: (photos: readonly string[]) => void;
}

const MOST = 20;

/** Pictures without a shot list: of an item that is not ok, of a finding. */
export function LoosePhotos({ id, min, photos, readonly, change }: LoosePhotosProps): JSX.Element {
  const host = useHost();
  const open = useSignal(false);
  const label = host.say("photo.of_this");
  const taken = photos.map((photo): Taken => ({ photo, source: "camera", at: "" }));
  const latest = useRef(taken);
  latest.current = taken;
  const put = (next: readonly Taken[]): void => { latest.current = [...next]; change(next.map(({ photo }) => photo)); };
  const full = photos.length >= MOST;
  return (
    <div class="shot" data-testid={id}>
      <div class="shot-name"><span>{label}</span>{min > 0 ? <span>{photos.length}/{min}</span> : null}</div>
      <TakenPhotos hint={`${id}-how`} label={label} photos={taken} readonly={readonly} before={null} put={put}
        more={() => (readonly || full ? null : (
          <button type="button" class="shoot" data-testid="shoot" onClick={() => { open.value = true; }}><Icon name="camera" /><span>{host.say(photos.length > 0 ? "photo.another" : "photo.take")}</span></button>
        ))} />
      {readonly || photos.length === 0 ? null : <PhotoHint id={`${id}-how`} />}
      {open.value ? (
        <CameraSheet wanted={[{ id: "this", label, min, max: MOST, taken: photos, before: null }]} shot="this" aim={() => undefined}
          take={(_, photo, source) => { put(withPhoto(latest.current, takenNow(photo, source))); }} close={() => { open.value = false; }} />
      ) : null}
    </div>
  );
}
