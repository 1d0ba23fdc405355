/** What the designer and the phone in its preview say to each other, by `postMessage` between pages of one origin. */
import type { Answers, Event, JsonObject, OrderFacts, Problem, Reasons, State, Words } from "@mendloop/engine";
import type { Language, PartFound } from "./host.ts";

/** Something that a person on the phone asks for: a command without who and when. */
export interface PhoneAct {
  readonly type: string;
  readonly payload: JsonObject;
}

/** What was typed into a visit and is not recorded. */
export interface PhoneDraft {
  readonly answers: Answers;
  readonly reasons: Reasons;
}

export interface PhoneOrder {
  readonly facts: OrderFacts;
  readonly title: Words;
  readonly product: Words | string;
  /** Everything that happened to the order, and what it is by now. */
  readonly events: readonly Event[];
  readonly state: State;
}

/** All that the phone shows. The phone has no memory of its own: whatever it is told replaces what it was told before. */
export interface PhoneShow {
  readonly say: "show";
  /** Another one: the phone begins anew, as if it were opened at this place. */
  readonly run: string;
  /** The compiled plan, as JSON; null where the phone has it already under this number. */
  readonly plan: JsonObject | null;
  readonly plan_number: number;
  readonly order: PhoneOrder;
  readonly person: { readonly id: string; readonly name: string; readonly roles: readonly string[] };
  readonly people: Readonly<Record<string, string>>;
  readonly drafts: Readonly<Record<string, PhoneDraft>>;
  readonly parts: readonly PartFound[];
  /** The visit to show; null: whichever is this person's turn. */
  readonly visit: string | null;
  /** The field that somebody has selected in the designer: it is brought into sight. */
  readonly field: string | null;
  /** The time in the preview: it stands still between acts, so that trying the same again gives the same. */
  readonly now: string;
  readonly language: Language;
  readonly theme: "light" | "dark";
}

/** What came of an act. */
export interface PhoneDone {
  readonly say: "done";
  readonly id: number;
  readonly problems: readonly Problem[];
  readonly order: PhoneOrder;
  readonly now: string;
}

export type ToPhone = PhoneShow | PhoneDone;

export type FromPhone =
  | { readonly say: "ready" }
  /** Everything that was told is on the screen. */
  | { readonly say: "shown"; readonly run: string; readonly plan_number: number }
  | { readonly say: "act"; readonly id: number; readonly act: PhoneAct }
  | { readonly say: "draft"; readonly visit: string; readonly draft: PhoneDraft };
