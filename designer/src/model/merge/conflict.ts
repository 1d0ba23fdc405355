import type { Words } from "@mendloop/engine";

/** Whose value stands; `base` is what it was before. */
export type Side = "mine" | "theirs" | "base";

/** What was chosen, by the key of the conflict. */
export type Choices = ReadonlyMap<string, Side>;

export const NO_CHOICES: Choices = new Map();

/** Both have changed the same in different ways: somebody has to choose. */
export interface Conflict {
  /** Tells it from the others, as long as both values stay what they are. */
  readonly key: string;
  /** JSON pointer: into *mine* where it stands there, else into *theirs*. */
  readonly pointer: string;
  /** What it is about, as people know it: "Measure the shaft › Runout". */
  readonly element: Words;
  /** Undefined: it was not there. */
  readonly base: unknown;
  /** Undefined: mine has it taken away. */
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** A conflict as it is found: which place, which three values. */
export interface Clash {
  readonly key: string;
  readonly path: readonly (string | number)[];
  readonly inMine: boolean;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}
