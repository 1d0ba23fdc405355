import { fetchFurther } from "@mendloop/engine";
import { fetchDecide } from "./order/deciding.ts";
import { fetchProblemWords } from "./words/problems.ts";

let begun = false;

/** Fetch what a screen that is on will soon need, when the phone has a moment. What fails now is fetched again when it is needed. */
export function fetchTheRest(): void {
  if (begun) return;
  begun = true;
  whenIdle(() => { void Promise.allSettled([fetchDecide(), fetchProblemWords(), fetchFurther()]); });
}

/** Do `work` when nothing else is to be done. */
export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === "undefined") setTimeout(work, 200);
  else requestIdleCallback(work, { timeout: 2_000 });
}
