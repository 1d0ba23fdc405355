import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useHost, type PhotoSource } from "../host.ts";
import { Icon } from "../icon.tsx";
import { Sheet } from "../sheet.tsx";
import { Picture } from "./picture.tsx";
import { frameOf } from "./stream.ts";
import { useCamera } from "./use_camera.ts";
import { type Roll, useRoll } from "./use_roll.ts";
import type { WhyNotKept } from "./why_not_kept.ts";

/** One thing to be photographed, as the camera lists it. */
export interface Wanted {
  readonly id: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly taken: readonly string[];
  /** A picture to compare with, from before. */
  readonly before: string | null;
}

export interface CameraProps {
  readonly wanted: readonly Wanted[];
  readonly shot: string;
  take: (shot: string, photo: string, source: PhotoSource) => void;
  aim: (shot: string) => void;
  close: () => void;
}

/** The camera over the whole screen. It stays open: picture after picture, until the person says that they are done. */
export function CameraSheet(props: CameraProps): JSX.Element {
  const host = useHost();
  const shot = props.wanted.find(({ id }) => id === props.shot);
  const { video, status } = useCamera();
  const roll = useRoll(props);
  const failed = roll.failed.value;
  const full = shot !== undefined && shot.taken.length + (roll.pending.value[shot.id] ?? 0) >= shot.max;
  const release = (): void => { if (video.current !== null) roll.shoot(frameOf(video.current)); };
  return (
    <Sheet kind="camera" label={host.say("camera.title")} name="camera" close={props.close}>
      <ShotList {...props} />
      <div class={`scene${shot?.before ? " with-before" : ""}`}>
        <Before photo={shot?.before ?? null} />
        <video ref={video} playsInline muted aria-label={host.say("camera.view")} />
        <div class={`flash${roll.flash.value ? " on" : ""}`} data-testid="flash" />
        {status.value === "none" ? <NoCamera keep={roll.keep} failed={failed} /> : <Said failed={failed} enough={full ? "camera.enough" : allThere(props.wanted, roll)} />}
      </div>
      <div class="bar">
        <Last wanted={props.wanted} roll={roll} />
        <button type="button" class="shutter" data-testid="shutter" aria-label={host.say("camera.shutter")} disabled={status.value !== "live" || roll.flash.value || full}
          onClick={release} />
        <button type="button" class="button" data-testid="camera-done" onClick={props.close}>{host.say("camera.done")}</button>
      </div>
    </Sheet>
  );
}

/** The picture from before, to take the same view again. */
function Before({ photo }: { readonly photo: string | null }): JSX.Element | null {
  const host = useHost();
  if (photo === null) return null;
  return <figure class="before"><Picture photo={photo} size="view" alt={host.say("photo.before")} /><figcaption class="tag">{host.say("photo.before")}</figcaption></figure>;
}

type Failed = WhyNotKept | null;
type Enough = "camera.enough" | "camera.all_there" | null;

/** Once something was taken and nothing is missing any more. */
function allThere(wanted: readonly Wanted[], { preview }: Roll): Enough {
  return preview.value !== null && wanted.every(({ min, taken }) => taken.length >= min) ? "camera.all_there" : null;
}

function Said({ failed, enough }: { readonly failed: Failed; readonly enough: Enough }): JSX.Element | null {
  const host = useHost();
  if (failed !== null) return <div class="note danger say" role="alert" data-testid="not-kept"><Icon name="warning" /><div><p>{host.say(failed)}</p></div></div>;
  return enough === null ? null : <div class="note ok say" role="status"><Icon name="check" /><div><p>{host.say(enough)}</p></div></div>;
}

/** Which shots there are, how many of each, and which one comes now: that one is always in sight. */
function ShotList({ wanted, shot, aim }: CameraProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => { list.current?.querySelector("[aria-pressed=true]")?.scrollIntoView({ inline: "center", block: "nearest" }); }, [shot]);
  return (
    <div class="wanted" ref={list}>
      {wanted.map((each) => (
        <button key={each.id} type="button" class="button" aria-pressed={each.id === shot} data-testid={`aim-${each.id}`} onClick={() => { aim(each.id); }}>
          {each.taken.length >= Math.max(1, each.min) ? <Icon name="check" /> : <Icon name="camera" />}
          <span>{each.label} {each.taken.length}/{Math.max(each.min, each.taken.length)}</span>
        </button>
      ))}
    </div>
  );
}

/** The newest picture and how many there are of all shots; nothing before there is one. */
function Last({ wanted, roll }: { readonly wanted: readonly Wanted[]; readonly roll: Roll }): JSX.Element {
  const host = useHost();
  const taken = wanted.flatMap((each) => each.taken);
  const newest = taken.at(-1);
  const busy = Object.values(roll.pending.value).some((n) => n > 0);
  const preview = roll.preview.value;
  if (preview === null && newest === undefined) return <div role="status" data-testid="taken" />;
  return (
    <div class={`last${busy ? " busy" : ""}`} role="status" aria-label={host.say("camera.taken", { n: taken.length })} data-testid="taken">
      {preview === null ? <Picture photo={newest ?? ""} size="thumb" alt="" /> : <img src={preview} alt="" />}
      {busy ? <span class="count" aria-hidden="true">…</span> : <span class="count">{taken.length}</span>}
    </div>
  );
}

/** Where the page gets no camera stream, the phone's own camera app takes the picture. */
function NoCamera({ keep, failed }: { keep: (picture: Blob) => void; readonly failed: Failed }): JSX.Element {
  const host = useHost();
  return (
    <div class="say stack">
      {failed === null ? <div class="note"><Icon name="info" /><div><p>{host.say("camera.none")}</p></div></div> : (
        <div class="note danger" role="alert" data-testid="not-kept"><Icon name="warning" /><div><p>{host.say(failed)}</p></div></div>
      )}
      <label class="button wide">
        <Icon name="camera" />{host.say("camera.app")}
        <input class="sr-only" type="file" accept="image/*" capture="environment" data-testid="camera-app"
          onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file !== undefined) keep(file); }} />
      </label>
    </div>
  );
}
