import { Icon } from "@mendloop/fields";
import { type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";

const said: Signal<string> = signal("");
/** Long enough to be read, short enough not to stand in the way of what comes next. */
const LONG_MS = 2_000;
let timer: ReturnType<typeof setTimeout> | null = null;

/** Say something for a moment, without taking the screen. */
export function announce(text: string): void {
  said.value = text;
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(hush, LONG_MS);
}

function hush(): void {
  said.value = "";
}

/** What is said, for those who listen: it stays from screen to screen, so that what changes in it is read aloud. */
export function Spoken(): JSX.Element {
  return <div class="sr-only" role="status">{said.value}</div>;
}

/** What is said, for those who look: just above the bar in which it stands, so that it covers no button of it. A tap puts it away. */
export function Toast(): JSX.Element | null {
  if (said.value === "") return null;
  return <div class="toast" data-testid="toast" aria-hidden="true" onClick={hush}><Icon name="check" /><span>{said.value}</span></div>;
}
