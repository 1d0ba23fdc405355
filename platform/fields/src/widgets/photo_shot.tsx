import type { JSX } from "preact";
import type { Taken } from "../camera/album.ts";
import type { Wanted } from "../camera/camera_sheet.tsx";
import { FromGallery } from "../camera/from_gallery.tsx";
import { Picture } from "../camera/picture.tsx";
import { TakenPhotos } from "../camera/taken_photos.tsx";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";

export interface ShotRowProps {
  readonly hint: string;
  readonly wanted: Wanted;
  readonly photos: readonly Taken[];
  readonly paired: boolean;
  readonly readonly: boolean;
  readonly cameraOnly: boolean;
  aim: () => void;
  add: (photo: string) => void;
  put: (photos: readonly Taken[]) => void;
}

/** One shot of the list: its pictures, and the way to the camera while there is room. */
export function ShotRow(props: ShotRowProps): JSX.Element {
  const { wanted, paired } = props;
  return (
    <div class="shot" data-testid={`shot-${wanted.id}`}>
      <div class="shot-name"><span>{wanted.label}</span><Count {...wanted} /></div>
      {paired ? <Pair {...props} /> : <Own {...props} />}
    </div>
  );
}

function Count({ taken, min }: Wanted): JSX.Element | null {
  const host = useHost();
  if (taken.length < min) return <span class="chip warn" data-testid="missing">{host.say("photo.missing", { n: min - taken.length })}</span>;
  return taken.length === 0 ? null : <span class="chip ok"><Icon name="check" />{taken.length}</span>;
}

function Pair(props: ShotRowProps): JSX.Element {
  const host = useHost();
  const { before } = props.wanted;
  return (
    <div class="photos pair">
      <div class="pair-side">
        <span class="quiet">{host.say("photo.before")}</span>
        <div class="photos">{before === null ? <span class="until">{host.say("photo.no_before")}</span> : <div class="photo"><Picture photo={before} size="thumb" alt={host.say("photo.before")} /></div>}</div>
      </div>
      <div class="pair-side"><span class="quiet">{host.say("photo.after")}</span><Own {...props} /></div>
    </div>
  );
}

function Own(props: ShotRowProps): JSX.Element {
  const { hint, wanted, photos, readonly, put } = props;
  return (
    <TakenPhotos hint={hint} label={wanted.label} photos={photos} readonly={readonly} before={wanted.before} put={put}
      more={(retake) => (readonly ? null : <Shoot {...props} retake={retake} />)} />
  );
}

/** Another photo while there is room for it; where there is room for one only, the same once more. */
function Shoot({ wanted, cameraOnly, aim, add, retake }: ShotRowProps & { retake: (photo: string) => void }): JSX.Element | null {
  const host = useHost();
  const only = wanted.max === 1 ? wanted.taken[0] : undefined;
  if (only !== undefined) return <button type="button" class="shoot" data-testid={`retake-${wanted.id}`} onClick={() => { retake(only); }}><Icon name="camera" /><span>{host.say("photo.retake")}</span></button>;
  if (wanted.taken.length >= wanted.max) return null;
  return (
    <>
      <button type="button" class="shoot" data-testid={`shoot-${wanted.id}`} onClick={aim}><Icon name="camera" /><span>{host.say(wanted.taken.length > 0 ? "photo.another" : "photo.take")}</span></button>
      {cameraOnly ? null : <FromGallery add={add} />}
    </>
  );
}
