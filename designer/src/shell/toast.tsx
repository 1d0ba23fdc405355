import { batch, signal } from "@preact/signals";
import type { JSX } from "preact";

const SHOWN_MS = 4_000;
/** Words stay until they are no longer seen. */
const FADE_MS = 200;
const told = signal("");
const isShown = signal(false);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Say something that goes away by itself. */
export function tell(text: string): void {
  clearTimeout(timer);
  batch(() => { told.value = text; isShown.value = text !== ""; });
  timer = setTimeout(fade, SHOWN_MS);
}

function fade(): void {
  isShown.value = false;
  timer = setTimeout(() => { told.value = ""; }, FADE_MS);
}

export function Toast(): JSX.Element {
  return <div class="toast" role="status" aria-live="polite" data-testid="toast" data-shown={isShown.value}>{told.value}</div>;
}
