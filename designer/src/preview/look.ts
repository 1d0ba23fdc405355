import { type Answers, type JsonObject, type OrderFacts, type Problem, visitId } from "@mendloop/engine";
import type { PhoneAct, PhoneDraft } from "@mendloop/fields/phone.ts";
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { Session } from "../session.ts";
import type { Scene, Stage } from "./phone/link.ts";
import type { Compiled, Plans } from "./plan/plans.ts";
import { minutesFor } from "./scratch/forward.ts";
import { placedAt, type Typed } from "./scratch/placed.ts";
import { act, type Asked, type Run, standing } from "./scratch/run.ts";
import { type Drafts, sceneOf } from "./scratch/scene.ts";

interface Shown {
  readonly compiled: Compiled;
  readonly run: Run;
  readonly node: string;
  readonly person: string;
}

/** The open step as its engineer sees it. What is typed stays with the step while the draft changes. */
export class Look implements Stage {
  /** As whom; null: as whoever does the step. */
  readonly role: Signal<string | null> = signal<string | null>(null);
  readonly scene: ReadonlySignal<Scene | null>;
  /** Where the work goes on when the step is finished; null while it is not. */
  readonly onward: ReadonlySignal<readonly string[] | null>;
  readonly #shown: Signal<Shown | null> = signal<Shown | null>(null);
  readonly #drafts: Signal<Drafts> = signal<Drafts>({});
  readonly #again = signal(0);
  #typed: Typed = {};

  constructor(private readonly session: Session, private readonly plans: Plans, private readonly facts: ReadonlySignal<OrderFacts>) {
    this.scene = computed(() => this.#scene());
    this.onward = computed(() => onwardOf(this.#shown.value));
  }

  /** Follow what is open until the answer is called. */
  follow(): () => void {
    return effect(() => {
      const [compiled, node, facts, role] = [this.plans.shown.value, this.plans.node.value, this.facts.value, this.role.value];
      this.#again.value; // eslint-disable-line @typescript-eslint/no-unused-expressions -- reading it is how the effect hears of it
      untracked(() => { this.#shown.value = compiled === null || node === null ? null : this.#placed(compiled, node, facts, role); });
    });
  }

  /** Begin the step once more, with what was typed. */
  begin(): void {
    this.#again.value += 1;
  }

  act({ type, payload }: PhoneAct): readonly Problem[] {
    const shown = this.#shown.peek();
    if (shown === null) return [];
    const kind = type as Asked["type"];
    const asked: Asked = { type: kind, payload, by: shown.person, minutes: minutesFor(shown.compiled.plan, kind, payload) };
    const tried = act(shown.run, asked);
    if (tried.problems.length === 0) { this.#keep(shown, payload); this.#shown.value = { ...shown, run: tried.run }; }
    return tried.problems;
  }

  draft(visit: string, draft: PhoneDraft): void {
    this.#drafts.value = { ...this.#drafts.peek(), [visit]: draft };
  }

  #placed(compiled: Compiled, node: string, facts: OrderFacts, role: string | null): Shown | null {
    const step = compiled.plan.nodes[node];
    if (step?.kind !== "step") return null;
    const person = role !== null && Object.hasOwn(compiled.plan.roles, role) ? role : step.role;
    return { compiled, node, person, run: placedAt(compiled.plan, node, facts, person, person === step.role, this.#typed) };
  }

  #keep({ node }: Shown, payload: JsonObject): void {
    const answers = payload["answers"] as Answers | undefined;
    if (answers !== undefined && payload["visit"] === visitId(node, 1)) this.#typed = { ...this.#typed, [node]: { ...this.#typed[node], ...answers } };
  }

  #scene(): Scene | null {
    const shown = this.#shown.value;
    if (shown === null) return null;
    const { compiled, run, node, person } = shown;
    const selected = this.session.editor.selection.value;
    const field = selected.kind === "fields" && selected.node === node && selected.fields.length === 1 ? (selected.fields[0] ?? null) : null;
    const place = `look ${node} ${this.#again.value} ${JSON.stringify(run.facts)}`;
    return sceneOf(compiled, run, { run: place, person, visit: visitId(node, 1), field, drafts: this.#drafts.value });
  }
}

function onwardOf(shown: Shown | null): readonly string[] | null {
  if (shown === null) return null;
  const { state, events } = standing(shown.run);
  if (state.active[visitId(shown.node, 1)] !== undefined) return null;
  const ended = events.findLast((event) => event.type === "OrderEnded");
  return ended?.type === "OrderEnded" ? [ended.node] : Object.values(state.active).map(({ node }) => node);
}
