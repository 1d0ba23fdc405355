import { signal } from "@preact/signals";
import type { JSX } from "preact";

const SHOWN_MS = 4_000;
const told = signal("");
let timer: ReturnType<typeof setTimeout> | undefined;

/** Say something that goes away by itself. */
export function tell(text: string): void {
  clearTimeout(timer);
  told.value = text;
  timer = setTimeout(() => { told.value = ""; }, SHOWN_MS);
}

export function Toast(): JSX.Element {
  return <div class="toast" role="status" aria-live="polite" data-testid="toast" data-shown={told.value !== ""}>{told.value}</div>;
}
