import type { Session } from "../session.ts";
import { say } from "../words/index.ts";
import { tell } from "./toast.tsx";

/** Browsers call these errors; they are none. */
const HARMLESS = "ResizeObserver";
/** What was asked for in vain, and is told where it was asked for. */
const ANSWERED = new Set(["AbortError", "Unreachable", "SignedOut"]);

/** Something that nobody has foreseen is said, once; what was written is kept, as long as this computer can keep it. Answers how to stop. */
export function hearMishaps({ saving }: Session): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const hear = (event: ErrorEvent | PromiseRejectionEvent): void => {
    if (isNothing(event) || saving.peek().kind === "unkept") return; // "not saved" is said already: a new page would lose it
    ending.abort();
    tell(say("shell.mishap"), { label: say("shell.reload"), run: () => { location.reload(); } });
  };
  addEventListener("error", hear, { signal });
  addEventListener("unhandledrejection", hear, { signal });
  return () => { ending.abort(); };
}

function isNothing(event: ErrorEvent | PromiseRejectionEvent): boolean {
  if ("message" in event) return event.message.startsWith(HARMLESS);
  return event.reason instanceof Error && ANSWERED.has(event.reason.name);
}
