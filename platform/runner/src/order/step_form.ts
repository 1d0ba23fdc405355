import { type Answers, type FieldView, type History, type Json, LiveStep, type Plan, type PlanField, type Problem, type Reasons, type State, type StepNode, type Views } from "@mendloop/engine";
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** What a step's fields are judged by. It changes when somebody acts on the order. */
export interface World {
  readonly plan: Plan;
  readonly state: State;
  readonly history: History;
}

export interface FormField {
  readonly field: PlanField;
  readonly answer: Signal<Json | undefined>;
  readonly view: Signal<FieldView>;
  readonly reason: Signal<string>;
  readonly touched: Signal<boolean>;
}

export interface FieldProblem {
  readonly field: PlanField;
  readonly problem: Problem;
}

const UNSEEN: FieldView = { visible: false, required: false, value: null, problems: [] };
/** What the engine says of a check that passes with a reason. */
export const REASON_MISSING = "answer.reason_missing";

/** The answers of one visit while somebody works on it. Each field has its own signals, so that only what changed is drawn again. */
export class StepForm {
  readonly fields: readonly FormField[];
  readonly #byId: ReadonlyMap<string, FormField>;
  /** Fields for which the template may propose an answer. */
  readonly #proposing: readonly FormField[];
  readonly #live: LiveStep;
  /** Fields that were changed and not recorded yet. */
  readonly dirty = new Set<string>();
  /** What the order's record says, to tell what somebody else has changed. */
  #recorded: Answers;
  /** Answers that the template proposed: the next evaluation takes them as given. */
  #proposed: Record<string, Json> = {};
  /** What stands in the way of finishing, by field; those in whose way nothing stands are left out. */
  readonly #open = new Map<string, readonly Problem[]>();
  readonly #problems = signal<readonly FieldProblem[]>([]);
  /** How many fields are to be shown: none after a note or gate that must be dealt with first. */
  readonly shown: ReadonlySignal<number>;

  constructor(readonly node: StepNode, { plan, history, state }: World, answers: Answers, reasons: Reasons, private readonly now: () => string) {
    this.#live = new LiveStep(plan, node.id, answers, history, state, now());
    const views = this.#live.views;
    this.fields = node.fields.map((field) => ({
      field, answer: signal(answers[field.id]), view: signal(views.get(field.id) ?? UNSEEN), reason: signal(reasons[field.id] ?? ""), touched: signal(false),
    }));
    this.#recorded = answers;
    this.#proposing = this.fields.filter(({ field }) => field.default !== null && field.value === null);
    this.#byId = new Map(this.fields.map((each) => [each.field.id, each]));
    const blocking = [...this.fields.entries()].filter(([, { field }]) => mayBlock(field));
    this.shown = computed(() => 1 + (blocking.find(([, each]) => blocks(each))?.[0] ?? this.fields.length));
    this.#show(views);
  }

  /** Everything that stands in the way of finishing, in the order of the fields. */
  get problems(): ReadonlySignal<readonly FieldProblem[]> {
    return this.#problems;
  }

  /** The answer of a field is now `answer` (null: none). Everything that depends on it follows at once. */
  change(id: string, answer: Json): void {
    const field = this.#byId.get(id);
    if (field === undefined) return;
    batch(() => {
      field.answer.value = answer ?? undefined;
      this.dirty.add(id);
      this.#show(this.#live.change(this.#with({ [id]: answer }), this.now()));
    });
  }

  giveReason(id: string, reason: string): void {
    const field = this.#byId.get(id);
    if (field === undefined) return;
    batch(() => {
      field.reason.value = reason;
      if (this.#judge(field)) this.#gather();
    });
  }

  touch(id: string): void {
    const field = this.#byId.get(id);
    if (field !== undefined) field.touched.value = true;
  }

  touchAll(): void {
    batch(() => { for (const { touched } of this.fields) touched.value = true; });
  }

  /** What was changed and is not recorded yet; null where an answer was taken back. */
  unrecorded(): Answers {
    return Object.fromEntries([...this.dirty].map((id) => [id, this.#byId.get(id)?.answer.peek() ?? null]));
  }

  /** These are recorded now, as far as they are still what was recorded. */
  settle(recorded: Answers): void {
    for (const [id, answer] of Object.entries(recorded)) {
      if (same(answer, this.#byId.get(id)?.answer.peek() ?? null)) this.dirty.delete(id);
    }
  }

  answers(): Answers {
    return Object.fromEntries(this.fields.flatMap(({ field, answer }) => (answer.peek() === undefined ? [] : [[field.id, answer.peek() as Json]])));
  }

  reasons(): Reasons {
    return Object.fromEntries(this.fields.filter(({ reason }) => reason.peek().trim() !== "").map(({ field, reason }) => [field.id, reason.peek().trim()]));
  }

  /** Take over what the order has become; what was typed here and is not recorded yet stays. */
  adopt({ history, state }: World, recorded: Answers): void {
    batch(() => {
      const theirs = this.#takeOver(recorded);
      this.#recorded = recorded;
      this.#show(this.#live.adopt(this.#with(theirs), history, state, this.now()));
    });
  }

  /** Answers that others have changed meanwhile. */
  #takeOver(recorded: Answers): Answers {
    const found: Record<string, Json> = {};
    for (const { field: { id }, answer } of this.fields) {
      const theirs = recorded[id];
      if (same(theirs, this.#recorded[id]) || this.dirty.has(id)) continue;
      answer.value = theirs;
      found[id] = theirs ?? null;
    }
    return found;
  }

  #with(changed: Answers): Answers {
    const all = { ...this.#proposed, ...changed };
    this.#proposed = {};
    return all;
  }

  /** Show these views, with the answers that the template proposes there. */
  #show(views: Views): void {
    let other = false;
    for (const [id, view] of views) {
      const each = this.#byId.get(id);
      if (each === undefined) continue;
      each.view.value = view;
      if (this.#judge(each)) other = true;
    }
    this.#propose();
    if (other) this.#gather();
  }

  #propose(): void {
    for (const { field, answer, view } of this.#proposing) {
      const { visible, value } = view.peek();
      if (answer.peek() !== undefined || !visible || value === null) continue;
      answer.value = value;
      this.#proposed[field.id] = value;
    }
  }

  /** Note what stands in the way at this field; false when that is nothing, as before. */
  #judge(each: FormField): boolean {
    const open = openProblems(each);
    if (open.length === 0) return this.#open.delete(each.field.id);
    this.#open.set(each.field.id, open);
    return true;
  }

  #gather(): void {
    const standing = this.#open.size === 0 ? [] : this.fields.filter(({ field }) => this.#open.has(field.id));
    this.#problems.value = standing.flatMap(({ field }) => (this.#open.get(field.id) ?? []).map((problem) => ({ field, problem })));
  }
}

/** What still stands in the way of finishing: a check that asks for a reason is content with one. */
function openProblems({ view, reason }: FormField): readonly Problem[] {
  const { visible, problems } = view.peek();
  if (!visible) return [];
  return problems.filter(({ code }) => code !== REASON_MISSING || reason.peek().trim() === "");
}

/** Safety notes to be confirmed and gates to be closed may stand before everything after them. */
function mayBlock({ type, settings }: PlanField): boolean {
  return type === "instruction" ? settings["confirm"] === true : type === "safety_gate" && !settings["removes"];
}

function blocks({ field, answer, view }: FormField): boolean {
  if (!view.value.visible) return false;
  return field.type === "instruction" ? answer.value !== true : view.value.problems.length > 0;
}

export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
