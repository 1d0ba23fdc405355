import type { Words } from "@mendloop/engine";

export type EntryKind = "case" | "article" | "bulletin";

/** A case, an article or a bulletin, with all that a phone needs to rank it and to show it without a network. */
export interface KnownCase {
  readonly id: string;
  readonly kind: EntryKind;
  /** Of the order that it comes from; empty where it comes from none. */
  readonly number: string;
  readonly title: Words;
  readonly symptom: Words;
  readonly cause: Words;
  readonly remedy: Words;
  readonly more: Words;
  /** Paths such as `pump/centrifugal`; none: it is for all. */
  readonly products: readonly string[];
  readonly positions: readonly string[];
  readonly faults: readonly string[];
  readonly cause_codes: readonly string[];
  /** What led to the cause: `step.field` or `step.field.item`; a reading with `+` or `-` behind it, above or below its tolerance. */
  readonly checks: readonly string[];
  readonly parts: readonly string[];
  readonly template: string;
  readonly helped: number;
  readonly not_helped: number;
  readonly minutes: number | null;
  readonly closed_at: string | null;
}

/** What is on the phone of the products in this person's list; `votes` are this person's own, as the server knows them. */
export interface KnownCases {
  readonly cases: readonly KnownCase[];
  readonly votes: readonly CaseVote[];
  /** What the codes, products and checks that they name are called. */
  readonly faults: Readonly<Record<string, Words>>;
  readonly products: Readonly<Record<string, Words>>;
  readonly checks: Readonly<Record<string, Words>>;
}

/** Whether a case helped in an order; null: that was taken back. `place` is where it was shown. */
export interface CaseVote {
  readonly order: string;
  readonly case: string;
  readonly place: string;
  readonly helped: boolean | null;
  readonly at: string;
}

/** What is known of a repair that is not solved yet. `place`: the check that has just failed. */
export interface Asked {
  readonly product: string;
  readonly faults: readonly string[];
  readonly text: string;
  readonly positions: readonly string[];
  readonly checks: readonly string[];
  readonly template: string;
  readonly place: string | null;
}

export type ReasonKind = "check" | "fault" | "position" | "product" | "words" | "helped" | "not_helped";

export interface Reason {
  readonly kind: ReasonKind;
  readonly detail: string;
}

export interface Ranked {
  readonly case: KnownCase;
  readonly score: number;
  readonly reasons: readonly Reason[];
}
