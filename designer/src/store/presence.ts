import { type ReadonlySignal, signal } from "@preact/signals";
import { SignedOut, Unreachable } from "../api/client.ts";
import type { Selection } from "../model/index.ts";
import type { Colleague } from "../session.ts";
import type { DraftServer, HereAnswer } from "./server.ts";

const EVERY_MS = 4_000;
/** After the first time: what a page that was left just now has sent off may arrive after the draft was read. */
const SOON_MS = 600;

/** What the rest of the store hears from being present. */
export interface Ears {
  readonly selection: () => Selection;
  /** The draft's revision on the server. */
  readonly heard: (revision: number | null) => void;
  /** The server answers again. */
  readonly reached: () => void;
  readonly signedOut: () => void;
}

/** Says every few seconds that this tab is here, and hears who else is. */
export class Presence {
  readonly #people = signal<readonly Colleague[]>([]);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isStopped = false;
  #isNew = true;
  #isLost = false;

  constructor(private readonly server: DraftServer, private readonly session: string, private readonly person: string, private readonly ears: Ears, people: readonly Colleague[] = []) {
    this.#people.value = this.#others(people);
  }

  /** Everybody else who has this template open: not oneself in another tab, who is nobody else. */
  get people(): ReadonlySignal<readonly Colleague[]> { return this.#people; }

  /** Say it now, and then every few seconds. */
  async start(): Promise<void> {
    this.#wait(Infinity);
    try {
      this.#hear(await this.server.beHere(this.session, this.ears.selection()));
    } catch (failure) {
      this.#lost(failure);
    }
    if (!this.#isStopped) this.#wait(this.#isNew ? SOON_MS : EVERY_MS);
    this.#isNew = false;
  }

  /** Leave: others see it at once. */
  stop(): void {
    this.#isStopped = true;
    this.#wait(Infinity);
    this.away();
  }

  /** The page goes, perhaps to come back. */
  away(): void {
    this.server.leave(this.session);
  }

  #hear({ people, revision }: HereAnswer): void {
    const own = people.find(({ session }) => session === this.session);
    if (own !== undefined && own.person_id !== this.person) { this.#lost(new SignedOut()); return; }
    this.#people.value = this.#others(people);
    if (this.#isLost) this.ears.reached();
    this.#isLost = false;
    this.ears.heard(revision);
  }

  /** Whoever cannot be heard is not shown as here. */
  #lost(failure: unknown): void {
    this.#isLost = true;
    this.#people.value = [];
    if (failure instanceof SignedOut) this.ears.signedOut();
    else if (!(failure instanceof Unreachable)) this.ears.heard(null); // refused: the next save, or the next look, says why
  }

  #others(people: readonly Colleague[]): readonly Colleague[] {
    return people.filter(({ session, person_id: person }) => session !== this.session && person !== this.person);
  }

  #wait(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = ms === Infinity ? null : setTimeout(() => { void this.start(); }, ms);
  }
}
