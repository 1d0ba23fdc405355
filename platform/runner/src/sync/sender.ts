import { type Signal, signal } from "@preact/signals";
import { type Client, Refused, SignedOut, Unreachable } from "../api/client.ts";
import type { CommandsAnswer } from "../api/types.ts";
import type { OutboxEntry, Store } from "../store/database.ts";
import { asSent, beginIncarnation, markSending, offerAgain, settle, waiting } from "../store/outbox.ts";
import { forgiveRefused, markPhoto, unsentPhotos } from "../store/photos.ts";
import { waitAfter } from "./backoff.ts";
import { inTurn } from "./turns.ts";

export type Connection = "idle" | "sending" | "offline" | "signed_out" | "refused";

const BATCH = 50;
/** Answers that are still being typed may settle a little before they are sent. */
const LULL_MS = 1_500;
const RETRY_HELD_MS = 5_000;

/** Carries the outbox to the server: pictures first, then commands in order. Nothing leaves it without the server's word. */
export class Sender {
  readonly connection: Signal<Connection> = signal<Connection>("idle");
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #busy = false;
  #again = false;

  /** What has to be sent before anything else. */
  before: () => Promise<void> = async () => { await Promise.resolve(); };

  constructor(private readonly store: Store, private readonly client: Client, private readonly settled: (orders: ReadonlySet<string>) => Promise<void>) {}

  /** Something may be waiting. Sends it soon. */
  wake(delay = 0): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#timer = null; void this.#run(); }, delay);
  }

  /** As `wake`, but a failure before does not make it wait: the network is back, or the person asked. */
  hurry(): void {
    this.#failures = 0;
    this.wake();
  }

  /** The person asked: also what was refused is sent once more. */
  async sendAgain(): Promise<void> {
    await forgiveRefused(this.store);
    this.hurry();
  }

  async #run(): Promise<void> {
    if (this.#busy) { this.#again = true; return; }
    this.#busy = true;
    await this.#attempt();
    this.#busy = false;
    if (this.#again) this.wake();
    this.#again = false;
  }

  async #attempt(): Promise<void> {
    try {
      const next = await inTurn(`mendloop.send.${this.store.person}`, async () => await this.#sendAll());
      this.#failures = 0;
      if (next !== null && next > 0) this.wake(next);
    } catch (failure) {
      this.#failed(failure);
    }
  }

  #failed(failure: unknown): void {
    if (failure instanceof SignedOut) this.connection.value = "signed_out";
    else if (failure instanceof Refused) this.connection.value = "refused";
    else if (failure instanceof Unreachable) this.connection.value = "offline";
    else reportError(failure); // our own mistake: said in the console, and tried again
    this.#failures += 1;
    this.wake(waitAfter(this.#failures, failure instanceof Unreachable ? failure.retryAfterMs : null, Math.random()));
  }

  /** Sends until nothing is left that can go now. Answers how many milliseconds later to look again; 0 when nothing waits. */
  async #sendAll(): Promise<number> {
    await this.before();
    for (;;) {
      const entries = await waiting(this.store, BATCH);
      if (entries.length === 0) { this.connection.value = "idle"; return 0; }
      const wait = lull(entries, Date.now());
      if (wait > 0) return wait;
      this.connection.value = "sending";
      if ((await this.#sendBatch(entries)) === 0) { this.connection.value = "idle"; return RETRY_HELD_MS; }
    }
  }

  /** One round. Answers how many entries have got further. */
  async #sendBatch(entries: readonly OutboxEntry[]): Promise<number> {
    const cut = await this.#sendPhotos(entries);
    const sending = await markSending(this.store, entries.map(({ id }) => id));
    const device = await this.store.meta("device");
    if (device === undefined || sending.length === 0) return 0;
    const epoch = await this.store.meta("epoch");
    const answer = await this.client.commands({ id: device.id, incarnation: device.incarnation }, sending.map(asSent));
    await settle(this.store, answer, new Date().toISOString());
    await this.#heed(answer, epoch);
    await this.settled(new Set(sending.map(({ order }) => order)));
    if (cut !== null) throw cut;
    return answer.answers.filter(({ status }) => status !== "held").length;
  }

  async #heed(answer: CommandsAnswer, epoch: string | undefined): Promise<void> {
    if (epoch !== undefined && epoch !== answer.epoch) { await offerAgain(this.store); await beginIncarnation(this.store); }
    else if (answer.answers.some(({ problems }) => problems.some(({ code }) => code === "device.sequence_reused"))) await beginIncarnation(this.store);
  }

  /** Answers what cut it short: what needs none of the pictures that are left is sent all the same. */
  async #sendPhotos(entries: readonly OutboxEntry[]): Promise<Unreachable | null> {
    for (const photo of await unsentPhotos(this.store, entries.flatMap(({ photos }) => photos))) {
      try {
        await this.client.putPhoto(photo.sha256, photo.picture);
        await markPhoto(this.store, photo.sha256, { sent_at: new Date().toISOString(), refused: null });
      } catch (failure) {
        if (failure instanceof Unreachable) return failure;
        if (!(failure instanceof Refused)) throw failure;
        await markPhoto(this.store, photo.sha256, { sent_at: null, refused: failure.code, refused_params: failure.params });
      }
    }
    return null;
  }
}

/** How long answers should still rest, when nothing but fresh answers waits. */
export function lull(entries: readonly OutboxEntry[], now: number): number {
  if (!entries.every(({ type, attempts }) => type === "RecordAnswers" && attempts === 0)) return 0;
  const newest = Math.max(...entries.map(({ at }) => Date.parse(at)));
  return Math.min(LULL_MS, Math.max(0, newest + LULL_MS - now));
}
