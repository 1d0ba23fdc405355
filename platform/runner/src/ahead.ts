import type { Card } from "./api/types.ts";

const WHEN_IDLE_MS = 3_000;

/** Fetches the orders of the list while nothing else is to be done: one after another, each revision once, until one is not to be had. */
export class Ahead {
  readonly #seen = new Map<string, number>();
  #isBusy = false;

  constructor(private readonly fetch: (card: Card) => Promise<boolean>) {}

  /** The list is known. */
  wake(cards: readonly Card[]): void {
    if (this.#isBusy || cards.every((card) => this.#isSeen(card))) return;
    this.#isBusy = true;
    whenIdle(() => { void this.#run(cards).finally(() => { this.#isBusy = false; }); });
  }

  async #run(cards: readonly Card[]): Promise<void> {
    for (const card of cards.filter((each) => !this.#isSeen(each))) {
      if (document.visibilityState === "hidden") return;
      this.#seen.set(card.id, card.revision);
      if (!(await this.fetch(card))) return;
    }
  }

  #isSeen({ id, revision }: Card): boolean {
    return this.#seen.get(id) === revision;
  }
}

function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: WHEN_IDLE_MS });
  else setTimeout(work, WHEN_IDLE_MS);
}
