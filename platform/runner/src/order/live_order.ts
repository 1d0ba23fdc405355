import type { Plan, Problem, Reasons } from "@mendloop/engine";
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { VisitRecord } from "../api/types.ts";
import { isAboutParts } from "../parts/unsettled.ts";
import type { Draft, OrderRecord, Store } from "../store/database.ts";
import { type Act, act, type Actor, type Done, keepDraft, readDraft } from "./act.ts";
import { type Progress, progressOf } from "./progress.ts";
import { StepForm } from "./step_form.ts";
import { StepRecorder } from "./step_recorder.ts";
import { VisitHistory } from "./visit_history.ts";

/** One order while it is open on the screen: what it is, and what can be done to it. */
export class LiveOrder {
  readonly record: Signal<OrderRecord>;
  readonly progress: ReadonlySignal<Progress>;
  readonly #steps = new Map<string, StepRecorder>();

  /** What was typed and not recorded, by visit, as it was read when the order was opened: good for the first screen. */
  #drafts: ReadonlyMap<string, Draft> | null;

  /** `kept`: the order is on this phone. Nothing is done to it before. `partsAnew`: what the server knows of its parts is on this phone. */
  constructor(
    readonly store: Store, readonly plan: Plan, readonly actor: Actor, record: OrderRecord, private readonly acted: () => void,
    drafts: ReadonlyMap<string, Draft>, private readonly kept: Promise<unknown>, private readonly partsAnew: () => Promise<boolean> = async () => await Promise.resolve(false),
  ) {
    this.#drafts = drafts;
    this.record = signal(record);
    this.progress = computed(() => progressOf(plan, this.record.value.order.state, this.record.value.order.visits));
  }

  get id(): string {
    return this.record.peek().id;
  }

  visit(id: string): VisitRecord | undefined {
    return this.record.value.order.visits.find(({ visit }) => visit === id);
  }

  /** Do something. Settles when it is on disk; answers what was wrong, nothing when it was done. */
  async do(wanted: Act): Promise<readonly Problem[]> {
    await this.kept;
    const done = await this.#decidedAnew(wanted);
    if (!done.ok) return done.problems;
    this.adopt(done.record);
    this.acted();
    return [];
  }

  /** The order is now this: by our own act, by another tab, or by somebody else through the server. */
  adopt(record: OrderRecord): void {
    this.record.value = record;
    for (const [visit, step] of this.#steps) step.form.adopt(this.world(), this.visit(visit)?.answers ?? {});
  }

  /** The form of an open visit, with everything that was typed into it before. */
  async step(visit: string): Promise<StepRecorder | null> {
    return this.stepAtOnce(visit) ?? this.#stepWith(visit, await this.draftOf(visit));
  }

  /** As `step`, when it need not be read from the phone first; null when it must. */
  stepAtOnce(visit: string): StepRecorder | null {
    const drafts = this.#drafts;
    this.#drafts = null;
    return this.#steps.get(visit) ?? (drafts === null ? null : this.#stepWith(visit, drafts.get(visit)));
  }

  #stepWith(visit: string, draft: Draft | undefined): StepRecorder | null {
    const found = this.record.peek().order.visits.find((each) => each.visit === visit);
    const node = found === undefined ? undefined : this.plan.nodes[found.node];
    if (found === undefined || node?.kind !== "step") return null;
    const reasons: Reasons = { ...found.reasons, ...draft?.reasons };
    const form = new StepForm(node, this.world(), found.answers, reasons, () => new Date().toISOString());
    for (const [id, answer] of Object.entries(draft?.answers ?? {})) form.change(id, answer);
    const recorder = this.#steps.get(visit) ?? new StepRecorder(this, visit, form);
    this.#steps.set(visit, recorder);
    return recorder;
  }

  /** Keep everything that is still being typed: the page may be going away. */
  async flush(): Promise<void> {
    await Promise.all([...this.#steps.values()].map(async (step) => { await step.save(); }));
  }

  /** Keep what stands in a visit's fields although it cannot be recorded yet. */
  async keep(draft: NonNullable<Act["draft"]>): Promise<void> {
    await keepDraft(this.store, this.id, draft);
  }

  /** Somebody may have settled parts at a desk: that is asked before an end is refused for them. */
  async #decidedAnew(wanted: Act): Promise<Done> {
    const done = await this.decided(wanted);
    return !done.ok && done.problems.some(isAboutParts) && (await this.partsAnew()) ? await this.decided(wanted) : done;
  }

  /** Here the designer's preview does otherwise: it keeps nothing on this phone. */
  protected async decided(wanted: Act): Promise<Done> {
    return await act(this.store, this.plan, this.actor, this.id, wanted);
  }

  protected async draftOf(visit: string): Promise<Draft | undefined> {
    return await readDraft(this.store, this.id, visit);
  }

  private world(): { plan: Plan; state: OrderRecord["order"]["state"]; history: VisitHistory } {
    const { state, visits } = this.record.peek().order;
    return { plan: this.plan, state, history: new VisitHistory(visits) };
  }
}
