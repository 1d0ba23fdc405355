import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { Sheet } from "../sheet.tsx";
import { Picture } from "./picture.tsx";

export interface ViewerProps {
  readonly photo: string;
  readonly label: string;
  close: () => void;
  retake?: (() => void) | undefined;
  remove?: (() => void) | undefined;
}

/** One picture over the whole screen, near or whole; with retake and remove where that is still possible. */
export function Viewer({ photo, label, close, retake, remove }: ViewerProps): JSX.Element {
  const host = useHost();
  const near = useSignal(false);
  return (
    <Sheet kind="viewer" label={label} name="viewer" close={close}>
      <div class="zoom" tabIndex={0}><Picture photo={photo} size="view" alt={label} look={near.value ? "close" : ""} /></div>
      <div class="bar">
        {retake ? <button type="button" class="button" data-testid="retake" onClick={retake}><Icon name="camera" />{host.say("photo.retake")}</button> : null}
        {remove ? <button type="button" class="button" data-testid="remove-photo" onClick={remove}><Icon name="trash" />{host.say("photo.remove")}</button> : null}
        <button type="button" class="button" aria-pressed={near.value} onClick={() => { near.value = !near.value; }}><Icon name="search" />{host.say("photo.zoom")}</button>
        <button type="button" class="button" data-testid="close-viewer" onClick={close}>{host.say("close")}</button>
      </div>
    </Sheet>
  );
}
