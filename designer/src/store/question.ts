import type { Draft } from "../model/index.ts";
import type { Choices, Conflict, Merge, Side } from "../model/merge/index.ts";
import type { Together } from "./merging.ts";

/** What a person has to choose before anything is saved. */
export interface Question {
  /** `saved`: somebody else saved first. `kept`: edits that were kept on this computer meet what is there now. */
  readonly why: "saved" | "kept";
  /** Who saved first; empty: not known. */
  readonly by: string;
  /** What is still to be chosen. */
  readonly conflicts: readonly Conflict[];
  /** How many there were. */
  readonly count: number;
  readonly merge: Merge;
}

type Sides = () => readonly [base: Draft, mine: Draft, theirs: Draft];

/** Two sides of which one is the open draft, which goes on being edited while the question stands. */
export class Asking {
  #choices: Choices;

  constructor(readonly why: Question["why"], readonly by: string, private readonly sides: Sides, readonly together: Together, choices: Choices = new Map()) {
    this.#choices = choices;
  }

  /** What was chosen so far. It stands as long as both values stay what they were. */
  get choices(): Choices { return this.#choices; }

  /** The question as it is now; choices about what has changed since are asked again. */
  now(): Question {
    const merged = this.together.merge(...this.sides(), this.#choices);
    return { why: this.why, by: this.by, conflicts: merged.conflicts, count: merged.conflicts.length + this.#choices.size, merge: merged };
  }

  choose(conflicts: readonly Conflict[], side: Side): void {
    this.#choices = new Map([...this.#choices, ...conflicts.map(({ key }) => [key, side] as const)]);
  }
}
