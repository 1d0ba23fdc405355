import { batch, signal } from "@preact/signals";
import type { JSX } from "preact";

/** Something that can be done about what is said. */
interface Act { readonly label: string; readonly run: () => void }

const SHOWN_MS = 4_000;
/** Words stay until they are no longer seen. */
const FADE_MS = 200;
const told = signal("");
const offered = signal<Act | null>(null);
const isShown = signal(false);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Say something that goes away by itself. What can be answered stays until something else is said. */
export function tell(text: string, act: Act | null = null): void {
  clearTimeout(timer);
  batch(() => { told.value = text; offered.value = act; isShown.value = text !== ""; });
  if (act === null) timer = setTimeout(fade, SHOWN_MS);
}

function fade(): void {
  isShown.value = false;
  timer = setTimeout(() => { told.value = ""; }, FADE_MS);
}

export function Toast(): JSX.Element {
  const act = offered.value;
  return (
    <div class="toast" role="status" aria-live="polite" data-testid="toast" data-shown={isShown.value}>
      {told.value}{act === null ? null : <button type="button" onClick={act.run}>{act.label}</button>}
    </div>
  );
}
