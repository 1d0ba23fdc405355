import { type Json, type JsonObject, loadPlan, type Plan } from "@mendloop/engine";
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { nodeOf } from "../../model/index.ts";
import type { CheckResult, Session } from "../../session.ts";
import { aloneDocument } from "./alone.ts";

/** A plan as the phone gets it, and as the designer runs it. */
export interface Compiled {
  readonly json: JsonObject;
  readonly plan: Plan;
  /** Another plan, another number. */
  readonly number: number;
}

interface Alone extends Compiled {
  readonly node: string;
  /** The check that it is good for. */
  readonly check: CheckResult;
}

const ATTEMPTS = 3;

/** The plans that the draft compiles to: of the whole while it has no errors; of the open step alone while it has. */
export class Plans {
  /** Of the whole draft, as it was when it last had no errors. */
  readonly whole: Signal<Compiled | null> = signal<Compiled | null>(null);
  /** The step that is selected; while none is, the one that was opened last. */
  readonly node: ReadonlySignal<string | null>;
  /** True while `whole` is older than the draft, since the draft has errors. */
  readonly isOld: ReadonlySignal<boolean>;
  /** What the preview of the open step shows. */
  readonly shown: ReadonlySignal<Compiled | null>;
  readonly #alone: Signal<Alone | null> = signal<Alone | null>(null);
  #count = 0;

  constructor(private readonly session: Session) {
    const { check, open, editor } = session;
    this.node = computed(() => {
      const { nodes } = editor.draft.value.template;
      return [nodeOf(editor.selection.value), open.value].find((id) => id !== null && nodes[id]?.kind === "step") ?? null;
    });
    this.isOld = computed(() => check.value !== null && check.value.plan === null);
    this.shown = computed(() => this.#shown(this.node.value));
  }

  /** Follow the draft until the answer is called. */
  follow(): () => void {
    const stops = [
      effect(() => { this.#take(this.session.check.value); }),
      effect(() => { void this.#compileAlone(this.session.check.value, this.node.value); }),
    ];
    return () => { for (const stop of stops) stop(); };
  }

  #take(check: CheckResult | null): void {
    const json = check?.plan ?? null;
    if (json === null || JSON.stringify(json) === JSON.stringify(this.whole.peek()?.json)) return;
    this.whole.value = this.#compiled(json);
  }

  #shown(node: string | null): Compiled | null {
    const alone = this.#alone.value;
    const isGood = this.isOld.value && alone !== null && alone.node === node && alone.check === this.session.check.value;
    return isGood ? alone : this.whole.value;
  }

  /** The open step of a draft with errors: asked for without what is wrong, a few times over. */
  async #compileAlone(check: CheckResult | null, node: string | null): Promise<void> {
    if (check?.plan !== null || node === null) return;
    let document = aloneDocument(check.draft.template, node, check.problems);
    for (let attempt = 0; attempt < ATTEMPTS && document !== null; attempt += 1) {
      const found = await this.#asked(document);
      if (this.session.check.peek() !== check || found === null) return;
      if (found.plan !== null) { this.#alone.value = { ...this.#compiled(this.#among(found.plan, node)), node, check }; return; }
      document = aloneDocument(document, node, found.problems);
    }
  }

  async #asked(document: unknown): Promise<Pick<CheckResult, "plan" | "problems"> | null> {
    try {
      return await this.session.client.act<Pick<CheckResult, "plan" | "problems">>("POST", "/templates/check", { document: document as Json });
    } catch {
      return null; // without a network the last good plan stays
    }
  }

  /** The step as it is now, among the nodes as they were when all was well. */
  #among(alone: JsonObject, node: string): JsonObject {
    const whole = this.whole.peek()?.json;
    if (whole === undefined) return alone;
    const [before, now] = [whole["nodes"], alone["nodes"]] as [JsonObject, JsonObject];
    const next = (before[node] as JsonObject | undefined)?.["next"];
    if (next === undefined) return alone;
    return { ...whole, roles: alone["roles"] ?? {}, nodes: { ...before, [node]: { ...(now[node] as JsonObject), next } } };
  }

  #compiled(json: JsonObject): Compiled {
    this.#count += 1;
    return { json, plan: loadPlan(structuredClone(json)), number: this.#count };
  }
}
