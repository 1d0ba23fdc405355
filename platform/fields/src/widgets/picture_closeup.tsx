import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { Sheet } from "../sheet.tsx";
import type { InstructionPicture } from "./instruction_pictures.tsx";
import { TemplatePicture } from "./template_picture.tsx";
import { useZoom, type Zooming } from "./use_zoom.ts";

export interface PictureCloseupProps {
  readonly pictures: readonly InstructionPicture[];
  readonly first: number;
  close: () => void;
}

/** One picture over the whole screen: two fingers, the wheel or the buttons enlarge it, one finger moves it. */
export function PictureCloseup({ pictures, first, close }: PictureCloseupProps): JSX.Element {
  const host = useHost();
  const place = useSignal(first);
  const frame = useRef<HTMLDivElement>(null);
  const zooming = useZoom(frame);
  const picture = pictures[place.value];
  const go = (by: number): void => { zooming.whole(); place.value = (place.value + by + pictures.length) % pictures.length; };
  const alt = host.read(picture?.alt);
  return (
    <Sheet kind="viewer" label={alt === "" ? host.say("instruction.picture") : alt} name="picture-closeup" close={close}>
      <div class="pinch" ref={frame} {...zooming.hear} tabIndex={0} onKeyDown={(event) => { hearKey(event, zooming, go); }}>
        <div style={{ transform: placed(zooming) }}>{picture === undefined ? null : <TemplatePicture key={picture.sha256} sha256={picture.sha256} alt={alt} />}</div>
      </div>
      <div class="bar">
        {alt === "" ? null : <p class="told">{alt}</p>}
        {pictures.length > 1 ? <button type="button" class="button" data-testid="next-picture" onClick={() => { go(1); }}>{host.say("instruction.next_picture", { place: place.value + 1, count: pictures.length })}</button> : null}
        <button type="button" class="button" data-testid="picture-larger" onClick={() => { zooming.step(1.6); }}><Icon name="search" />{host.say("instruction.larger")}</button>
        <button type="button" class="button" data-testid="picture-whole" disabled={zooming.zoom.value.scale === 1} onClick={zooming.whole}>{host.say("instruction.whole")}</button>
        <button type="button" class="button" data-testid="close-closeup" onClick={close}>{host.say("close")}</button>
      </div>
    </Sheet>
  );
}

function placed({ zoom: { value: { x, y, scale } } }: Zooming): string {
  return `translate(${x}px, ${y}px) scale(${scale})`;
}

function hearKey(event: KeyboardEvent, zooming: Zooming, go: (by: number) => void): void {
  if (event.key === "+" || event.key === "=") zooming.step(1.4);
  else if (event.key === "-") zooming.step(1 / 1.4);
  else if (event.key === "0") zooming.whole();
  else if (event.key === "ArrowRight") go(1);
  else if (event.key === "ArrowLeft") go(-1);
}
