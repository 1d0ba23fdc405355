import type { Presence } from "./presence.ts";
import type { Saving } from "./saving.ts";

/** The network, the screen and the page's end: each is a moment to save. Answers how to stop. */
export function watchPage(saving: Saving, presence: Presence): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const back = (): void => { saving.hurry(); void presence.start(); };
  addEventListener("online", back, { signal });
  addEventListener("focus", () => { saving.hurry(); }, { signal });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) back(); }, { signal });
  addEventListener("pagehide", () => { saving.flush(); presence.away(); }, { signal });
  document.addEventListener("visibilitychange", () => { saving.hurry(); }, { signal });
  addEventListener("beforeunload", (event) => { if (saving.isAtRisk) event.preventDefault(); }, { signal });
  return () => { ending.abort(); };
}
