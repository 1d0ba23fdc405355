import type { Typed } from "../board.ts";

const PATIENCE_MS = 5_000;

/** What is typed from now on is no command but a text, until it is asked for. `givenUp`: by Escape, or because nobody has asked. */
export function catchTyping(givenUp: () => void): () => Typed {
  const stop = new AbortController();
  let typed: Typed = { text: "", isDone: false };
  const give = (): void => { stop.abort(); givenUp(); };
  const timer = setTimeout(give, PATIENCE_MS); // what was asked for cannot be fetched
  stop.signal.addEventListener("abort", () => { clearTimeout(timer); });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = after(typed, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (next === null) give();
    else typed = next;
  }, { capture: true, signal: stop.signal });
  return () => { stop.abort(); return typed; };
}

/** Null: given up; undefined: no key of a text. */
function after({ text, isDone }: Typed, key: string): Typed | null | undefined {
  if (key === "Escape") return null;
  if (key === "Enter") return { text, isDone: true };
  if (isDone) return undefined;
  if (key === "Backspace") return { text: text.slice(0, -1), isDone };
  return key.length === 1 ? { text: text + key, isDone } : undefined;
}
