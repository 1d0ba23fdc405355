import { type OrderFacts, type Problem } from "@mendloop/engine";
import type { Language } from "@mendloop/fields";
import type { PhoneAct, PhoneDraft } from "@mendloop/fields/phone.ts";
import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { Scenario } from "../model/index.ts";
import type { Scene, Stage } from "./phone/link.ts";
import type { Compiled, Plans } from "./plan/plans.ts";
import { playScenario } from "./scenario/play.ts";
import { fillVisit, finishVisit, minutesFor } from "./scratch/forward.ts";
import { act, type Asked, type Halt, openRun, playAgain, type Run, standing, stepBack, stepForward, type Tried } from "./scratch/run.ts";
import { type Drafts, sceneOf, typedIn } from "./scratch/scene.ts";
import { visitFor, whoseTurn } from "./scratch/turn.ts";

/** The whole template on an order that exists only here. */
export class Trial implements Stage {
  readonly run: Signal<Run | null> = signal<Run | null>(null);
  /** Who holds the phone. */
  readonly person = signal("");
  /** True: the phone goes to whoever can go on. */
  readonly isPassedOn = signal(true);
  /** What stands against what was asked last. */
  readonly problems: Signal<readonly Problem[]> = signal<readonly Problem[]>([]);
  /** Where the run came to a halt when the draft or the facts had changed. */
  readonly halt: Signal<Halt | null> = signal<Halt | null>(null);
  readonly scene: ReadonlySignal<Scene | null>;
  /** The visit that whoever holds the phone can go on with. */
  readonly visit: ReadonlySignal<string | null>;
  readonly #drafts: Signal<Drafts> = signal<Drafts>({});
  /** Counts up when the order is not what the phone has made of it: by steps back, by another beginning. */
  readonly #jumps = signal(0);
  #waited = 0;
  #compiled: Compiled | null = null;

  constructor(private readonly plans: Plans, readonly facts: Signal<OrderFacts>) {
    this.scene = computed(() => this.#scene());
    this.visit = computed(() => (this.run.value === null ? null : visitFor(this.run.value.plan, standing(this.run.value), this.person.value)));
  }

  /** Follow the draft and the facts until the answer is called: what was done is done again on them, as far as it holds. */
  follow(): () => void {
    return effect(() => {
      const [compiled, facts] = [this.plans.whole.value, this.facts.value];
      untracked(() => { if (compiled !== null) this.#renew(compiled, facts); });
    });
  }

  act({ type, payload }: PhoneAct): readonly Problem[] {
    const run = this.run.peek();
    if (run === null) return [];
    const kind = type as Asked["type"];
    const tried = act(run, { type: kind, payload, by: this.person.peek(), minutes: minutesFor(run.plan, kind, payload) + this.#waited });
    if (tried.problems.length === 0) batch(() => { this.#waited = 0; this.run.value = tried.run; this.#passOn(); });
    return tried.problems;
  }

  draft(visit: string, draft: PhoneDraft): void {
    this.#drafts.value = { ...this.#drafts.peek(), [visit]: draft };
  }

  back(): void {
    this.#jump(stepBack);
  }

  forward(): void {
    this.#jump(stepForward);
  }

  /** To the moment after so many acts. */
  goTo(acts: number): void {
    this.#jump((run) => {
      let there = run;
      while (there.done.length > acts) there = stepBack(there);
      for (let before = -1; there.done.length < acts && there.done.length > before;) { before = there.done.length; there = stepForward(there); }
      return there;
    });
  }

  restart(): void {
    this.#jump(({ plan, facts }) => openRun(plan, facts));
  }

  /** Let time go by before the next act. */
  wait(minutes: number): void {
    this.#waited += minutes;
  }

  /** Fill in what the present step needs; with `finish`, finish it as well. */
  fill(language: Language, finish: boolean): void {
    const visit = this.visit.peek();
    if (visit === null) return;
    const doing = finish ? finishVisit : fillVisit;
    this.#jump((run) => this.#told(doing(run, visit, this.person.peek(), typedIn(this.#drafts.peek(), visit), language)), true);
  }

  /** The order as it stands at the end of a scenario, to be looked at from there backwards. */
  load(scenario: Scenario): void {
    this.#jump(({ plan }) => playScenario(plan, scenario).run);
    const { run } = this;
    if (run.peek() !== null) this.facts.value = run.peek()?.facts ?? this.facts.peek();
  }

  hold(person: string): void {
    batch(() => { this.person.value = person; this.isPassedOn.value = false; });
  }

  passOn(isPassedOn: boolean): void {
    batch(() => { this.isPassedOn.value = isPassedOn; this.#passOn(); });
  }

  #told({ run, problems }: Tried): Run {
    this.problems.value = problems;
    return run;
  }

  #jump(change: (run: Run) => Run, keepsProblems = false): void {
    const run = this.run.peek();
    if (run === null) return;
    batch(() => {
      if (!keepsProblems) this.problems.value = [];
      this.halt.value = null;
      this.run.value = change(run);
      this.#drafts.value = {};
      this.#jumps.value += 1;
      this.#waited = 0;
      this.#passOn();
    });
  }

  #renew(compiled: Compiled, facts: OrderFacts): void {
    const before = this.run.peek();
    const isSame = before !== null && compiled === this.#compiled && before.facts === facts;
    this.#compiled = compiled;
    if (isSame) return;
    batch(() => {
      const { run, halt } = before === null ? { run: openRun(compiled.plan, facts), halt: null } : playAgain(before, compiled.plan, facts);
      if (before?.facts !== facts) this.#jumps.value += 1;
      this.run.value = run;
      this.halt.value = halt;
      this.#passOn();
    });
  }

  /** Who cannot go on hands the phone over. */
  #passOn(): void {
    const run = this.run.peek();
    if (run === null) return;
    const isThere = Object.hasOwn(run.plan.roles, this.person.peek().split(":")[0] ?? "");
    if (isThere && !this.isPassedOn.peek()) return;
    const next = whoseTurn(run.plan, standing(run), this.person.peek());
    this.person.value = next?.id ?? (isThere ? this.person.peek() : (Object.keys(run.plan.roles)[0] ?? ""));
  }

  #scene(): Scene | null {
    const run = this.run.value;
    const compiled = this.plans.whole.value;
    if (compiled === null || run?.plan !== compiled.plan) return null;
    return sceneOf(compiled, run, { run: `try ${this.#jumps.value}`, person: this.person.value, visit: null, field: null, drafts: this.#drafts.value });
  }
}
