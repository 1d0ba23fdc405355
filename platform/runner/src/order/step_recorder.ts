import type { Answers, Json, Problem } from "@mendloop/engine";
import { type Signal, signal } from "@preact/signals";
import type { LiveOrder } from "./live_order.ts";
import type { StepForm } from "./step_form.ts";

export type Saved = "saved" | "typing" | "failed";

/** How soon a first letter is on its way to disk, and how far apart the letters after it may lie there. */
const SOON_MS = 60;
const EVERY_MS = 300;

/** Carries what is typed into a visit to disk and into the outbox. `saved` is true to its word: it follows the transaction. */
export class StepRecorder {
  readonly saved: Signal<Saved> = signal<Saved>("saved");
  #timer: ReturnType<typeof setTimeout> | null = null;
  #began = 0;
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly order: LiveOrder, readonly visit: string, readonly form: StepForm) {}

  change(field: string, answer: Json): void {
    this.form.change(field, answer);
    this.#later();
  }

  giveReason(field: string, reason: string): void {
    this.form.giveReason(field, reason);
    this.#later();
  }

  /** The person has left a field: what stands there is kept at once, and may be judged. */
  settle(field: string): void {
    this.form.touch(field);
    if (this.#timer !== null) void this.save();
  }

  /** Keep what is typed, now. Settles when it is on disk. */
  async save(): Promise<void> {
    if (this.#timer === null) { await this.#saving; return; }
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#began = performance.now();
    this.#saving = this.#saving.then(async () => { await this.#record(); });
    await this.#saving;
  }

  /** Finish the step with what stands there. Answers what is wrong; nothing when it is finished. */
  async complete(rework_reason: string): Promise<readonly Problem[]> {
    await this.save();
    const reason = rework_reason.trim() === "" ? {} : { rework_reason: rework_reason.trim() };
    const payload = { visit: this.visit, answers: this.form.answers(), reasons: this.form.reasons(), ...reason };
    return await this.order.do({ type: "CompleteStep", payload: forComplete(payload, this.form), draft: null });
  }

  /** Soon, also while somebody goes on typing: a page may be closed at any letter. */
  #later(): void {
    this.saved.value = "typing";
    const rest = Math.max(SOON_MS, this.#began + EVERY_MS - performance.now());
    this.#timer ??= setTimeout(() => { void this.save(); }, rest);
  }

  async #record(): Promise<void> {
    try {
      await this.#put(this.form.unrecorded());
      this.saved.value = this.#timer === null ? "saved" : "typing";
    } catch (failure) {
      this.saved.value = "failed";
      if (!(failure instanceof DOMException)) throw failure;
    }
  }

  /** The acceptable ones become a command; the others are kept on this phone as they were typed. */
  async #put(changed: Answers): Promise<void> {
    const draft = { visit: this.visit, answers: this.form.unrecorded(), reasons: this.form.reasons() };
    const ids = Object.keys(changed);
    if (ids.length === 0) { await this.order.keep(draft); return; }
    const problems = await this.order.do({ type: "RecordAnswers", payload: { visit: this.visit, answers: changed }, draft });
    if (problems.length === 0) { this.form.settle(changed); return; }
    for (const id of ids.length > 1 ? ids : []) await this.#put({ [id]: changed[id] ?? null });
  }
}

/** Answers that people give; what the engine works out itself is not sent. */
function forComplete<T extends { answers: Answers }>(payload: T, form: StepForm): T {
  const given = new Set(form.fields.filter(({ field, view }) => field.value === null && field.type !== "safety_gate" && view.peek().visible).map(({ field }) => field.id));
  return { ...payload, answers: Object.fromEntries(Object.entries(payload.answers).filter(([id]) => given.has(id))) };
}
