import type { JSX } from "preact";
import type { Wanted } from "../camera/camera_sheet.tsx";
import { FromGallery } from "../camera/from_gallery.tsx";
import { Picture } from "../camera/picture.tsx";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";

export interface ShotRowProps {
  readonly wanted: Wanted;
  readonly paired: boolean;
  readonly readonly: boolean;
  readonly cameraOnly: boolean;
  aim: () => void;
  add: (photo: string) => void;
  view: (photo: string) => void;
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
        <div class="photos">{before === null ? <span class="until">{host.say("photo.no_before")}</span> : <Thumb {...props} photo={before} label={host.say("photo.before")} view={undefined} />}</div>
      </div>
      <div class="pair-side"><span class="quiet">{host.say("photo.after")}</span><Own {...props} /></div>
    </div>
  );
}

function Own(props: ShotRowProps): JSX.Element {
  const host = useHost();
  const { wanted, readonly } = props;
  const room = !readonly && wanted.taken.length < wanted.max;
  return (
    <div class="photos">
      {wanted.taken.map((photo, place) => <Thumb key={photo} {...props} photo={photo} label={host.say("photo.numbered", { label: wanted.label, n: place + 1, of: wanted.taken.length })} />)}
      {room ? <Shoot {...props} /> : null}
    </div>
  );
}

interface ThumbProps {
  readonly photo: string;
  readonly label: string;
  readonly view: ((photo: string) => void) | undefined;
}

function Thumb({ photo, label, view }: ThumbProps): JSX.Element {
  if (view === undefined) return <div class="photo"><Picture photo={photo} size="thumb" alt={label} /></div>;
  return <button type="button" class="photo" data-testid="photo" aria-label={label} onClick={() => { view(photo); }}><Picture photo={photo} size="thumb" alt={label} /></button>;
}

function Shoot({ wanted, cameraOnly, aim, add }: ShotRowProps): JSX.Element {
  const host = useHost();
  return (
    <>
      <button type="button" class="shoot" data-testid={`shoot-${wanted.id}`} onClick={aim}><Icon name="camera" /><span>{host.say("photo.take")}</span></button>
      {cameraOnly ? null : <FromGallery add={add} />}
    </>
  );
}
