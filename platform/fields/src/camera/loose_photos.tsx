import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { CameraSheet } from "./camera_sheet.tsx";
import { Picture } from "./picture.tsx";
import { Viewer } from "./viewer.tsx";

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
  const viewed = useSignal<string | null>(null);
  const label = host.say("photo.of_this");
  const seen = viewed.value;
  const latest = useRef(photos);
  latest.current = photos;
  const put = (next: readonly string[]): void => { latest.current = next; change(next); };
  const without = (photo: string): readonly string[] => latest.current.filter((each) => each !== photo);
  return (
    <div class="shot" data-testid={id}>
      <div class="shot-name"><span>{label}</span>{min > 0 ? <span>{photos.length}/{min}</span> : null}</div>
      <div class="photos">
        {photos.map((photo, place) => (
          <button key={photo} type="button" class="photo" aria-label={host.say("photo.numbered", { label, n: place + 1, of: photos.length })} onClick={() => { viewed.value = photo; }}><Picture photo={photo} size="thumb" alt={label} /></button>
        ))}
        {readonly ? null : (
          <button type="button" class="shoot" data-testid="shoot" onClick={() => { open.value = true; }}><Icon name="camera" /><span>{host.say("photo.take")}</span></button>
        )}
      </div>
      {open.value ? (
        <CameraSheet wanted={[{ id: "this", label, min, max: MOST, taken: photos, before: null }]} shot="this" aim={() => undefined}
          take={(_, photo) => { put([...without(photo), photo]); }} close={() => { open.value = false; }} />
      ) : null}
      {seen === null ? null : (
        <Viewer photo={seen} label={label} close={() => { viewed.value = null; }}
          remove={readonly ? undefined : () => { viewed.value = null; put(without(seen)); }} />
      )}
    </div>
  );
}
