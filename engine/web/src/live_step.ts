import type { Answers } from "./commands.ts";
import { needsOf } from "./environment.ts";
import type { Circumstances, FieldView } from "./evaluate.ts";
import { evaluateField, scopeOfStep, withChecks } from "./evaluate.ts";
import { fromJson } from "./expressions/index.ts";
import type { History } from "./history.ts";
import type { Json } from "./json_values.ts";
import type { Plan, StepNode } from "./plan.ts";
import { stepOf } from "./plan.ts";
import type { Readers } from "./readers.ts";
import { readersOf } from "./readers.ts";
import type { Scope } from "./scope.ts";
import type { State } from "./state.ts";

export type Views = ReadonlyMap<string, FieldView>;

/**
 * A step while somebody fills it. Its views are always what `evaluateStep` says of the same answers at the same time; after
 * a change only those fields are evaluated again that it can affect, and a view that says the same stays the same object.
 */
export class LiveStep {
  readonly views = new Map<string, FieldView>();
  readonly #step: StepNode;
  readonly #readers: Readers;
  readonly #answers: Map<string, Json>;
  /** Views without what the checks say, by place. */
  readonly #bare: FieldView[] = [];
  /** Places of the fields that asked for the time when they were evaluated last. */
  readonly #timed = new Set<number>();
  /** The place that is being evaluated. */
  #place: number | null = null;
  #scope: Scope;
  #world: string;

  constructor(
    private readonly plan: Plan, node: string, answers: Answers, private history: History, private state: State, private at: string,
    private readonly about: Circumstances = {},
  ) {
    this.#step = stepOf(plan, node);
    this.#readers = readersOf(plan, this.#step);
    this.#answers = new Map(Object.entries(answers));
    this.#world = this.#seen();
    this.#scope = this.#open();
    this.#evaluate(this.#all());
  }

  /** These answers are others now (null: none), and it is `at`. The views that are new, by field. */
  change(answers: Answers, at: string): Views {
    const places = this.#take(answers);
    const changed = this.#moveTo(at);
    if (this.#readers.ordered) return this.#evaluate(places, changed);
    this.#scope = this.#open();
    return this.#evaluate(this.#all());
  }

  /** As `change`, where the order may have become another too. */
  adopt(answers: Answers, history: History, state: State, at: string): Views {
    [this.history, this.state] = [history, state];
    const world = this.#seen();
    if (world === this.#world) return this.change(answers, at);
    this.#take(answers);
    [this.#world, this.at] = [world, at];
    this.#scope = this.#open();
    return this.#evaluate(this.#all());
  }

  #take(answers: Answers): Set<number> {
    for (const [id, answer] of Object.entries(answers)) this.#answers.set(id, answer);
    return new Set(Object.keys(answers).flatMap((id) => this.#readers.places.get(id) ?? []));
  }

  /** What evaluation reads of order, locks and earlier visits, as text. */
  #seen(): string {
    const { latest, completed } = needsOf(this.plan, this.#step);
    const visits = [...latest.map((step) => this.history.latest(step)), ...completed.map((step) => this.history.completed(step))];
    return JSON.stringify([this.state.order, this.state.locks, visits]);
  }

  #open(): Scope {
    this.#place = null;
    return scopeOfStep(this.plan, this.#step, this.history, this.state, () => this.#tellTime(), this.about);
  }

  #tellTime(): string {
    if (this.#place !== null) this.#timed.add(this.#place);
    return this.at;
  }

  #all(): Set<number> {
    return new Set(this.#readers.fields.keys());
  }

  /** The names at the top that have another value by now. */
  #moveTo(at: string): Set<string> {
    if (at === this.at) return new Set();
    this.at = at;
    const { names } = this.#scope;
    if (names.has("now")) names.set("now", fromJson("timestamp", at));
    return new Set(["now"]);
  }

  /** Evaluate the fields at these places, and every other that reads what became another by it. */
  #evaluate(due: Set<number>, changed = new Set<string>()): Views {
    if (changed.size > 0) for (const place of this.#timed) due.add(place);
    for (const name of changed) this.#readers.direct.get(name)?.forEach((place) => due.add(place));
    const judged = new Set<number>();
    for (let place = Math.min(...due); due.size > 0; place++) {
      if (!due.delete(place)) continue;
      judged.add(place);
      const name = this.#bind(place);
      if (name === null) continue;
      changed.add(name);
      this.#readers.direct.get(name)?.forEach((reader) => due.add(reader));
    }
    for (const name of changed) this.#readers.checks.get(name)?.forEach((place) => judged.add(place));
    return this.#judge(judged);
  }

  /** Evaluate one field without its checks; its name when expressions see another value now. */
  #bind(place: number): string | null {
    const field = this.#readers.fields[place];
    if (field === undefined) return null;
    const before = this.#scope.names.get(field.id);
    this.#place = place;
    this.#timed.delete(place);
    this.#bare[place] = evaluateField(this.#scope, field, this.#answers.get(field.id) ?? null);
    return Object.is(before, this.#scope.names.get(field.id)) ? null : field.id;
  }

  #judge(places: ReadonlySet<number>): Views {
    const found = new Map<string, FieldView>();
    for (const place of places) {
      const [field, bare] = [this.#readers.fields[place], this.#bare[place]];
      if (field === undefined || bare === undefined) continue;
      const view = withChecks(this.#scope, field, bare);
      if (alike(view, this.views.get(field.id))) continue;
      this.views.set(field.id, view);
      found.set(field.id, view);
    }
    return found;
  }
}

function alike(one: FieldView, other: FieldView | undefined): boolean {
  if (one.visible !== other?.visible || one.required !== other.required) return false;
  return same(one.value, other.value) && same(one.problems, other.problems);
}

function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  return typeof one === "object" && typeof other === "object" && JSON.stringify(one) === JSON.stringify(other);
}
