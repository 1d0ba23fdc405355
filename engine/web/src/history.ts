import type { Answers, Reasons } from "./commands.ts";
import type { Event, StepCompleted, StepOpened } from "./events.ts";
import { visitNode } from "./state.ts";

/** A completed visit of a step. */
export interface Visit {
  readonly visit: string;
  readonly node: string;
  readonly number: number;
  readonly by: string;
  readonly answers: Answers;
  readonly reasons: Reasons;
  readonly completed_at: string;
}

/** What was answered earlier, as `decide` reads it. */
export interface History {
  /** The last completed visit of `node`, if any. */
  latest: (node: string) => Visit | null;
  /** All completed visits of `node`, first one first. */
  completed: (node: string) => readonly Visit[];
  /** How many visits of `node` were opened so far. */
  count: (node: string) => number;
  /** Answers recorded for `visit` while it is not completed. */
  draft: (visit: string) => Answers;
}

/** A history in memory, kept up to date by `apply` of each event in turn. */
export class MemoryHistory implements History {
  readonly #completed = new Map<string, readonly Visit[]>();
  readonly #opened = new Map<string, number>();
  readonly #drafts = new Map<string, Answers>();

  constructor(events: Iterable<Event> = []) {
    for (const event of events) this.apply(event);
  }

  latest(node: string): Visit | null {
    return this.completed(node).at(-1) ?? null;
  }

  completed(node: string): readonly Visit[] {
    return this.#completed.get(node) ?? [];
  }

  count(node: string): number {
    return this.#opened.get(node) ?? 0;
  }

  draft(visit: string): Answers {
    return this.#drafts.get(visit) ?? {};
  }

  apply(event: Event): void {
    if (event.type === "StepOpened") this.#open(event);
    else if (event.type === "AnswersRecorded") this.#record(event.visit, event.answers);
    else if (event.type === "StepCompleted") this.#complete(event);
  }

  #open(event: StepOpened): void {
    this.#opened.set(event.node, Math.max(event.number, this.count(event.node)));
  }

  #record(visit: string, answers: Answers): void {
    const merged = { ...this.draft(visit), ...answers };
    this.#drafts.set(visit, Object.fromEntries(Object.entries(merged).filter(([, answer]) => answer !== null)));
  }

  #complete(event: StepCompleted): void {
    const node = visitNode(event.visit);
    const number = Number(event.visit.slice(node.length + 1));
    const { visit, by, answers, reasons, at } = event;
    this.#drafts.delete(visit);
    this.#completed.set(node, [...this.completed(node), { visit, node, number, by, answers, reasons, completed_at: at }]);
  }
}
