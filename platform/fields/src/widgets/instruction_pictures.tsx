import type { Words } from "@mendloop/engine";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { PictureCloseup } from "./picture_closeup.tsx";
import { TemplatePicture } from "./template_picture.tsx";

export interface InstructionPicture {
  readonly id: string;
  readonly sha256: string;
  readonly alt?: Words;
}

/** The pictures of an instruction, each with its words under it. A tap shows one over the whole screen. */
export function InstructionPictures({ field, pictures }: { readonly field: string; readonly pictures: readonly InstructionPicture[] }): JSX.Element | null {
  const near = useSignal<number | null>(null);
  if (pictures.length === 0) return null;
  const shown = near.value === null ? undefined : pictures[near.value];
  return (
    <div class={`pictures${pictures.length === 1 ? " single" : ""}`}>
      {pictures.map((picture, place) => (
        <Figure key={picture.id} picture={picture} testid={`picture-${field}-${picture.id}`} open={() => { near.value = place; }} />
      ))}
      {shown === undefined ? null : <PictureCloseup pictures={pictures} first={near.value ?? 0} close={() => { near.value = null; }} />}
    </div>
  );
}

interface FigureProps { readonly picture: InstructionPicture; readonly testid: string; open: () => void }

function Figure({ picture, testid, open }: FigureProps): JSX.Element {
  const host = useHost();
  const alt = host.read(picture.alt);
  return (
    <figure>
      <button type="button" data-testid={testid} aria-label={host.say("instruction.enlarge", { picture: alt })} onClick={open}>
        <TemplatePicture sha256={picture.sha256} alt="" />
        <span class="lens"><Icon name="search" /></span>
      </button>
      {alt === "" ? null : <figcaption>{alt}</figcaption>}
    </figure>
  );
}
