import { useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import type { Room } from "./room.ts";

const FRAMES = 40;

/** What is revealed in this step is opened, scrolled to, and given the focus: a field, or what of it the pointer names. What was asked for by a card gets the focus too. */
export function useRevealing(room: Room, list: RefObject<HTMLDivElement | null>): void {
  useSignalEffect(() => {
    const revealed = room.session.revealed.value;
    if (revealed === null) return;
    const start = `/nodes/${room.node}/fields/`;
    if (!revealed.pointer.startsWith(start)) return;
    const index = Number(revealed.pointer.slice(start.length).split("/", 1)[0]);
    const id = room.ids.peek()[index];
    if (id === undefined) return;
    room.open.value = id;
    room.current.value = id;
    seek(list, `${start}${index}`, revealed.pointer, FRAMES);
  });
  useSignalEffect(() => {
    const wanted = room.wanted.value;
    if (wanted === null || room.open.peek() === wanted.id) return; // an open card takes it itself
    requestAnimationFrame(() => {
      face(list, wanted.id)?.focus();
      if (room.wanted.peek() === wanted) room.wanted.value = null;
    });
  });
}

function face(list: RefObject<HTMLDivElement | null>, id: string): HTMLElement | null {
  return list.current?.querySelector<HTMLElement>(`[data-face="${CSS.escape(id)}"]`) ?? null;
}

/** Find the control that is nearest to what is meant; what is fetched meanwhile is waited for a moment. */
function seek(list: RefObject<HTMLDivElement | null>, field: string, pointer: string, frames: number): void {
  const found = nearest(list.current, pointer);
  const isExact = found?.dataset["pointer"]?.startsWith(pointer) === true;
  if (found === null || (!isExact && frames > 0 && pointer !== field)) {
    if (frames > 0) requestAnimationFrame(() => { seek(list, field, pointer, frames - 1); });
    return;
  }
  for (let fold = found.closest("details"); fold !== null; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  found.scrollIntoView({ block: "center" });
  found.focus();
}

/** The control of the pointer, of what lies in it, or of the nearest thing around it. */
function nearest(list: HTMLElement | null, pointer: string): HTMLElement | null {
  for (let at = pointer; at.split("/").length >= 5; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = list?.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(at)}"], [data-pointer^="${CSS.escape(at)}/"]`) ?? null;
    if (found !== null) return found;
  }
  return null;
}
