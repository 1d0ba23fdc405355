import { Icon } from "@mendloop/fields";
import { type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";

const said: Signal<string> = signal("");
const LONG_MS = 4_000;
let timer: ReturnType<typeof setTimeout> | null = null;

/** Say something for a moment, without taking the screen. */
export function announce(text: string): void {
  said.value = text;
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => { said.value = ""; }, LONG_MS);
}

export function Toast(): JSX.Element {
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {said.value === "" ? null : <div class="toast" data-testid="toast"><Icon name="check" /><span>{said.value}</span></div>}
    </div>
  );
}
