import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SaveState } from "../session.ts";
import type { Refusal } from "../store/index.ts";
import { say } from "../words/index.ts";

const TICK_MS = 5_000;

interface SaveMarkProps {
  readonly state: SaveState;
  readonly refusal: Refusal | null;
  /** What it stands for has to be looked at. */
  readonly onAsk: (about: "conflict" | "refused") => void;
}

/** "Saved 3 s ago": what of the draft is safe, and where. */
export function SaveMark({ state, refusal, onAsk }: SaveMarkProps): JSX.Element {
  const now = useNow();
  const words = wordsOf(state, refusal, now);
  const about = state.kind === "conflict" ? "conflict" : state.kind === "kept" && state.why === "refused" ? "refused" : null;
  if (about !== null) return <button type="button" class="save-mark" data-state={state.kind} data-testid="save-state" onClick={() => { onAsk(about); }}>{words}</button>;
  return <p class="save-mark" data-state={state.kind} data-testid="save-state" role="status" aria-live="off"><i aria-hidden="true" />{words}</p>;
}

function useNow(): number {
  const [now, tick] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => { tick(Date.now()); }, TICK_MS);
    return () => { clearInterval(timer); };
  }, []);
  return now;
}

function wordsOf(state: SaveState, refusal: Refusal | null, now: number): string {
  if (state.kind === "saved") return say("shell.saved", { ago: ago(Math.max(0, now - state.at)) });
  if (state.kind === "kept") return say(state.why === "refused" && refusal?.status === 413 ? "shell.kept_too_large" : `shell.kept_${state.why}`);
  return say(`shell.${state.kind}`);
}

/** A span of time, in words: "3 s ago". */
export function ago(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 5) return say("shell.ago_now");
  if (seconds < 60) return say("shell.ago_seconds", { count: Math.round(seconds / 5) * 5 });
  if (seconds < 3600) return say("shell.ago_minutes", { count: Math.round(seconds / 60) });
  if (seconds < 86_400) return say("shell.ago_hours", { count: Math.round(seconds / 3600) });
  return say("shell.ago_days", { count: Math.round(seconds / 86_400) });
}
