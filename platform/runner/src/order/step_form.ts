import { type Answers, evaluateStep, type FieldView, type History, type Json, type Plan, type PlanField, type Problem, type Reasons, type State, type StepNode } from "@mendloop/engine";
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
  /** Fields that were changed and not recorded yet. */
  readonly dirty = new Set<string>();
  /** What the order's record says, to tell what somebody else has changed. */
  #recorded: Answers;
  readonly problems: ReadonlySignal<readonly FieldProblem[]>;
  /** How many fields are to be shown: none after a note or gate that must be dealt with first. */
  readonly shown: ReadonlySignal<number>;

  constructor(readonly node: StepNode, private world: World, answers: Answers, reasons: Reasons, private readonly now: () => string) {
    this.fields = node.fields.map((field) => ({
      field, answer: signal(answers[field.id]), view: signal(UNSEEN), reason: signal(reasons[field.id] ?? ""), touched: signal(false),
    }));
    this.#recorded = answers;
    this.#byId = new Map(this.fields.map((each) => [each.field.id, each]));
    this.problems = computed(() => this.fields.flatMap((each) => openProblems(each).map((problem) => ({ field: each.field, problem }))));
    this.shown = computed(() => 1 + firstOr(this.fields.findIndex(blocks), this.fields.length));
    this.evaluate();
  }

  /** The answer of a field is now `answer` (null: none). Everything that depends on it follows at once. */
  change(id: string, answer: Json): void {
    const field = this.#byId.get(id);
    if (field === undefined) return;
    batch(() => {
      field.answer.value = answer ?? undefined;
      this.dirty.add(id);
      this.evaluate();
    });
  }

  giveReason(id: string, reason: string): void {
    const field = this.#byId.get(id);
    if (field !== undefined) field.reason.value = reason;
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
  adopt(world: World, recorded: Answers): void {
    this.world = world;
    batch(() => {
      for (const { field, answer } of this.fields) {
        const theirs = recorded[field.id];
        if (!this.dirty.has(field.id) && !same(theirs, this.#recorded[field.id])) answer.value = theirs;
      }
      this.#recorded = recorded;
      this.evaluate();
    });
  }

  evaluate(): void {
    const { plan, history, state } = this.world;
    const seen = evaluateStep(plan, this.node.id, this.answers(), history, state, this.now());
    batch(() => {
      for (const each of this.fields) {
        const view = seen[each.field.id] ?? UNSEEN;
        if (!same(view, each.view.peek())) each.view.value = view;
        if (proposes(each, view)) each.answer.value = view.value;
      }
    });
  }
}

/** True where the template proposes an answer to a field that has none. */
function proposes({ field, answer }: FormField, view: FieldView): boolean {
  return field.default !== null && field.value === null && answer.peek() === undefined && view.visible && view.value !== null;
}

/** What still stands in the way of finishing: a check that asks for a reason is content with one. */
function openProblems({ view, reason }: FormField): readonly Problem[] {
  const { visible, problems } = view.value;
  if (!visible) return [];
  return problems.filter(({ code }) => code !== REASON_MISSING || reason.value.trim() === "");
}

/** A safety note to be confirmed, or a gate to be closed, stands before everything after it. */
function blocks({ field, answer, view }: FormField): boolean {
  if (!view.value.visible) return false;
  if (field.type === "instruction") return field.settings["confirm"] === true && answer.value !== true;
  return field.type === "safety_gate" && !field.settings["removes"] && view.value.problems.length > 0;
}

function firstOr(found: number, otherwise: number): number {
  return found < 0 ? otherwise : found;
}

export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
