import type { Runner } from "../runner.ts";

const CARDS_MS = 5_000;
const ORDER_MS = 4_000;

/** Keep an open order up to date while somebody looks at it. Answers how to stop. */
export function watchOrder(runner: Runner, order: string): () => void {
  return repeat(ORDER_MS, async () => { await runner.refresh(order); });
}

export function watchCards(runner: Runner): () => void {
  return repeat(CARDS_MS, async () => { await runner.refreshCards(); });
}

/** The network, the screen and the page's end: each is a moment to send or to keep. */
export function watchPhone(runner: Runner): void {
  addEventListener("online", () => { runner.sender.hurry(); });
  addEventListener("pagehide", () => { void runner.flush(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void runner.flush();
    else runner.sender.hurry();
  });
}

/** Do `work` every so often while the page can be seen; never twice at once. */
function repeat(every: number, work: () => Promise<void>): () => void {
  let busy = false;
  const timer = setInterval(() => {
    if (busy || document.visibilityState === "hidden") return;
    busy = true;
    void work().finally(() => { busy = false; });
  }, every);
  return () => { clearInterval(timer); };
}
