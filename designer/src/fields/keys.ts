import type { RefObject } from "preact";
import { copyText, pasteText } from "./clipboard.ts";
import type { Room } from "./room.ts";

/** What keys do on a card (not in what is written there). */
export function hearKey(event: KeyboardEvent, room: Room): void {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target as HTMLElement;
  if (event.key === "Escape" && room.open.peek() !== null) { closeOpen(event, room); return; }
  const id = target.dataset["face"] ?? (event.altKey && target.classList.contains("fields-name") ? (room.open.peek() ?? undefined) : undefined);
  if (id === undefined) return;
  const act = actFor(event, room, id);
  if (act === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function closeOpen(event: KeyboardEvent, room: Room): void {
  const id = room.open.peek();
  event.preventDefault();
  event.stopPropagation();
  room.open.value = null;
  if (id !== null) room.focus(id);
}

type Act = () => void;

function actFor(event: KeyboardEvent, room: Room, id: string): Act | undefined {
  const isMod = event.ctrlKey || event.metaKey;
  const change = room.isReadonly.peek() ? undefined : changing(event, room, id, isMod);
  return change ?? (isMod && event.key.toLowerCase() === "a" ? () => { room.choose(room.ids.peek()); } : walking(event, room, id));
}

function changing(event: KeyboardEvent, room: Room, id: string, isMod: boolean): Act | undefined {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined;
  if (event.altKey && step !== undefined) return () => { room.step(id, step); };
  if (isMod && event.key.toLowerCase() === "d") return () => { room.duplicate(room.meant(id)); };
  if (event.key === "Delete" || event.key === "Backspace") return () => { room.remove(room.meant(id)); };
  if (event.key === "F2") return () => { room.show(id); };
  if (event.key === "Insert" || event.key === "+") return () => { room.adding.value = { index: room.placeOf(id) + 1, anchor: event.target as HTMLElement }; };
  return undefined;
}

function walking(event: KeyboardEvent, room: Room, id: string): Act | undefined {
  const ids = room.ids.peek();
  const next = { ArrowUp: room.placeOf(id) - 1, ArrowDown: room.placeOf(id) + 1, Home: 0, End: ids.length - 1 }[event.key];
  const to = next === undefined || event.altKey ? undefined : ids[next];
  if (to === undefined) return undefined;
  return () => {
    if (event.shiftKey) room.choose([...new Set([...room.meant(id), to])]);
    room.focus(to);
  };
}

/** Copy, cut and paste by the system's keys and menus, while a card of this list has the focus. */
export function hearClipboard(room: Room, list: RefObject<HTMLDivElement | null>): () => void {
  const ends = new AbortController();
  const on = (kind: "copy" | "cut" | "paste", hear: (event: ClipboardEvent, id: string) => void): void => {
    document.addEventListener(kind, (event) => {
      const focus = document.activeElement as HTMLElement | null;
      const id = focus !== null && list.current?.contains(focus) === true ? focus.dataset["face"] : undefined;
      if (id === undefined || event.defaultPrevented || event.clipboardData === null) return;
      event.preventDefault();
      hear(event, id);
    }, { signal: ends.signal });
  };
  on("copy", (event, id) => { event.clipboardData?.setData("text/plain", copyText(room, room.meant(id))); });
  on("cut", (event, id) => {
    event.clipboardData?.setData("text/plain", copyText(room, room.meant(id)));
    if (!room.isReadonly.peek()) room.remove(room.meant(id));
  });
  on("paste", (event, id) => { if (!room.isReadonly.peek()) pasteText(room, event.clipboardData?.getData("text/plain") ?? "", room.placeOf(id) + 1); });
  return () => { ends.abort(); };
}
