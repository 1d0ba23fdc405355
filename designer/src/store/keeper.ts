import type { Draft } from "../model/index.ts";
import type { Journal, Kept } from "./journal.ts";

/** Brings the newest of one tab to disk: one write at a time, and what comes meanwhile as one more. */
export class Keeper {
  #wanted: Kept | null = null;
  #origin: Kept | null = null;
  #kept: Draft | null = null;
  #failed = false;
  #work: Promise<void> | null = null;
  #gone: string[] = [];

  /** `tell` is called whenever something is on disk, or could not be brought there. */
  constructor(private readonly journal: Journal, private readonly session: string, private readonly tell: () => void) {}

  /** Keep this; null: nothing has to be kept any more. Rows of `gone` tabs are taken away in the same transaction. */
  keep(kept: Kept | null, gone: readonly string[] = []): void {
    this.#wanted = kept;
    this.#gone.push(...gone);
    this.#work ??= Promise.resolve().then(async () => { await this.#write(); });
  }

  /** True when `draft` is on this computer's disk. */
  has(draft: Draft): boolean {
    return this.#kept === draft;
  }

  /** True when the newest could not be brought to disk. */
  get hasFailed(): boolean {
    return this.#failed;
  }

  /** Everything that was asked for so far is on disk, or has failed. */
  async settled(): Promise<void> {
    while (this.#work !== null) await this.#work;
  }

  async #write(): Promise<void> {
    let done: Kept | null | undefined;
    while (done !== this.#wanted || this.#gone.length > 0) {
      done = this.#wanted;
      await this.#bring(done, this.#gone.splice(0));
    }
    this.#work = null;
    this.tell();
  }

  async #bring(kept: Kept | null, gone: readonly string[]): Promise<void> {
    try {
      if (kept === null) await this.journal.forget([this.session, ...gone]);
      else await this.journal.keep(kept, !this.#knowsOrigin(kept), gone);
      this.#failed = false;
    } catch {
      this.#failed = true; // out of space, or no storage in this window: the state of saving says so
      this.#gone.length = 0;
    }
    this.#kept = this.#failed ? null : (kept?.draft ?? null);
    this.#origin = this.#failed ? null : kept;
  }

  #knowsOrigin(kept: Kept): boolean {
    return this.#origin !== null && this.#origin.base === kept.base && this.#origin.sent === kept.sent && this.#origin.revision === kept.revision;
  }
}
