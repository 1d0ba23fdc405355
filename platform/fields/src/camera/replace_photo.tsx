import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { type PhotoSource, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { CameraSheet } from "./camera_sheet.tsx";
import { FromGallery } from "./from_gallery.tsx";
import { Picture } from "./picture.tsx";

export interface ReplacePhotoProps {
  readonly photo: string;
  readonly label: string;
  readonly cameraOnly: boolean;
  /** Null: nothing may be put in its place. */
  replace: ((photo: string, source: PhotoSource) => void) | null;
}

/** A photo that cannot stay as it is, and the two ways to another one. */
export function ReplacePhoto({ photo, label, cameraOnly, replace }: ReplacePhotoProps): JSX.Element {
  const host = useHost();
  const open = useSignal(false);
  return (
    <div class="replace">
      <div class="photo"><Picture photo={photo} size="thumb" alt={label} /></div>
      {replace === null ? null : <button type="button" class="shoot" data-testid="retake-refused" onClick={() => { open.value = true; }}><Icon name="camera" /><span>{host.say("photo.retake")}</span></button>}
      {replace === null || cameraOnly ? null : <FromGallery add={(chosen) => { replace(chosen, "gallery"); }} />}
      {replace !== null && open.value ? (
        <CameraSheet wanted={[{ id: "this", label, min: 1, max: 1, taken: [], before: null }]} shot="this" aim={() => undefined}
          take={(_, taken, source) => { open.value = false; replace(taken, source); }} close={() => { open.value = false; }} />
      ) : null}
    </div>
  );
}
