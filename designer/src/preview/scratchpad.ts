import type { OrderFacts } from "@mendloop/engine";
import { type Signal, signal } from "@preact/signals";
import type { Session } from "../session.ts";
import { Look } from "./look.ts";
import { Plans } from "./plan/plans.ts";
import { factsFor } from "./scratch/facts.ts";
import { Trial } from "./trial.ts";

/** Everything that is tried on one template. It stays while its draft is open, whether anybody looks or not; it is kept nowhere. */
export class Scratchpad {
  readonly plans: Plans;
  readonly facts: Signal<OrderFacts>;
  readonly look: Look;
  readonly trial: Trial;
  /** Whether the phone shows the open step, or the order that is tried. */
  readonly shows: Signal<"step" | "order"> = signal<"step" | "order">("step");
  /** The scenario that is being recorded again, by its name. */
  readonly again: Signal<string | null> = signal<string | null>(null);
  #users = 0;
  #stops: readonly (() => void)[] = [];

  constructor(session: Session) {
    this.plans = new Plans(session);
    this.facts = signal(factsFor(session.editor.draft.peek().template));
    this.look = new Look(session, this.plans, this.facts);
    this.trial = new Trial(this.plans, this.facts);
  }

  /** Follow the draft as long as somebody looks. Answers how to stop looking. */
  use(): () => void {
    if (this.#users === 0) this.#stops = [this.plans.follow(), this.look.follow(), this.trial.follow()];
    this.#users += 1;
    return () => {
      this.#users -= 1;
      if (this.#users === 0) for (const stop of this.#stops) stop();
    };
  }
}

const pads = new WeakMap<Session, Scratchpad>();

export function scratchpadOf(session: Session): Scratchpad {
  const pad = pads.get(session) ?? new Scratchpad(session);
  pads.set(session, pad);
  return pad;
}
