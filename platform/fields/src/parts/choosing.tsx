import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { type PartFound, useHost } from "../host.ts";
import { fitsProduct } from "./fitting.ts";
import { nameOf, type NewPart, noteOf } from "./new_part.ts";
import { PartDetails } from "./part_details.tsx";

export interface Choosing {
  choose: (found: PartFound) => void;
  /** What is asked about the chosen part before it is recorded; null while nothing is. */
  readonly details: JSX.Element | null;
}

/** Record a part at once, or ask first for what it wants: its serial number, a reason where it was not made for. */
export function useChoosing(id: string, add: (part: NewPart) => void): Choosing {
  const host = useHost();
  const asked = useSignal<PartFound | null>(null);
  const close = (): void => { asked.value = null; };
  const done = (part: NewPart): void => { close(); add(part); };
  const choose = (found: PartFound): void => {
    if (found.serial === true || !fitsProduct(found.fits, host.order.value)) asked.value = found;
    else done({ part: found.id, serial: "", note: noteOf(found, nameOf(found, host.read)) });
  };
  return { choose, details: asked.value === null ? null : <PartDetails id={id} found={asked.value} close={close} add={done} /> };
}
