import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { retaken, type Taken, takenNow, without } from "./album.ts";
import { CameraSheet } from "./camera_sheet.tsx";
import { Picture } from "./picture.tsx";
import { Viewer } from "./viewer.tsx";

export interface TakenPhotosProps {
  readonly label: string;
  readonly photos: readonly Taken[];
  readonly readonly: boolean;
  /** A picture to compare with while one is taken again. */
  readonly before: string | null;
  /** The id of the words that say what a photo can do for one. */
  readonly hint: string;
  /** Another set of photos in place of these. */
  put: (photos: readonly Taken[]) => void;
  /** What else stands in the row; it is told how to take a photo again. */
  more: (retake: (photo: string) => void) => ComponentChildren;
}

/** What became of a photo; as long as nothing else has happened since, it can be put back. */
interface Undo {
  readonly said: "photo.removed" | "photo.retaken";
  readonly earlier: readonly Taken[];
  readonly now: string;
}

/** The photos taken so far: each opens large, and until the step is finished it can be taken again or removed, and put back. */
export function TakenPhotos(props: TakenPhotosProps): JSX.Element {
  const host = useHost();
  const { label, photos, readonly, before, hint } = props;
  const latest = useRef(photos);
  latest.current = photos;
  const row = useRef<HTMLDivElement>(null);
  const isBack = useRef(false);
  useEffect(() => {
    if (isBack.current) row.current?.querySelector("button")?.focus(); // the button that put it back has gone
    isBack.current = false;
  }, [photos]);
  const [viewed, again, undo] = [useSignal<string | null>(null), useSignal<string | null>(null), useSignal<Undo | null>(null)];
  const put = (next: readonly Taken[]): void => { latest.current = next; props.put(next); };
  const mend = (said: Undo["said"], next: readonly Taken[]): void => {
    undo.value = { said, earlier: latest.current, now: namesOf(next) };
    put(next);
  };
  const putBack = (earlier: readonly Taken[]): void => {
    undo.value = null;
    isBack.current = true;
    put(earlier);
  };
  const retake = (photo: string): void => { viewed.value = null; again.value = photo; };
  const remove = (photo: string): void => { viewed.value = null; mend("photo.removed", without(latest.current, photo)); };
  const numbered = (photo: string): string => host.say("photo.numbered", { label, n: photos.findIndex((each) => each.photo === photo) + 1, of: photos.length });
  const [seen, old] = [viewed.value, again.value];
  return (
    <>
      <div class="photos" ref={row}>
        {photos.map(({ photo }, place) => (
          <button key={place} type="button" class="photo" data-testid="photo" aria-label={numbered(photo)} aria-describedby={readonly ? undefined : hint} onClick={() => { viewed.value = photo; }}>
            <Picture photo={photo} size="thumb" alt={label} /><span class="corner"><Icon name="search" /></span>
          </button>
        ))}
        {props.more(retake)}
      </div>
      <Said undo={undo.value?.now === namesOf(photos) && !readonly ? undo.value : null} putBack={putBack} />
      {seen === null ? null : (
        <Viewer photo={seen} label={numbered(seen)} close={() => { viewed.value = null; }}
          retake={readonly ? undefined : () => { retake(seen); }} remove={readonly ? undefined : () => { remove(seen); }} />
      )}
      {old === null ? null : (
        <CameraSheet wanted={[{ id: "this", label, min: 1, max: 1, taken: [], before }]} shot="this" aim={() => undefined} close={() => { again.value = null; }}
          take={(_, photo, source) => { again.value = null; mend("photo.retaken", retaken(latest.current, old, takenNow(photo, source))); }} />
      )}
    </>
  );
}

/** What a tap on a photo is good for, said once for all of them. */
export function PhotoHint({ id }: { readonly id: string }): JSX.Element {
  return <p class="quiet" id={id}>{useHost().say("photo.how")}</p>;
}

interface SaidProps {
  readonly undo: Undo | null;
  putBack: (earlier: readonly Taken[]) => void;
}

/** What was just done with a photo, and the way back. The button that did it is gone: the keyboard goes on here. */
function Said({ undo, putBack }: SaidProps): JSX.Element {
  const host = useHost();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => { if (undo?.said === "photo.removed") button.current?.focus(); }, [undo]);
  return (
    <div class="mended" role="status">
      {undo === null ? null : <><span>{host.say(undo.said)}</span><button ref={button} type="button" class="button" data-testid="put-back" onClick={() => { putBack(undo.earlier); }}>{host.say("photo.put_back")}</button></>}
    </div>
  );
}

function namesOf(photos: readonly Taken[]): string {
  return photos.map(({ photo }) => photo).join();
}
