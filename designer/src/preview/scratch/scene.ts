import type { Answers } from "@mendloop/engine";
import type { PhoneDraft, PhoneOrder } from "@mendloop/fields/phone.ts";
import type { Compiled } from "../plan/plans.ts";
import type { Scene } from "../phone/link.ts";
import { partsOf } from "./parts.ts";
import { namesOf, roleOf } from "./people.ts";
import { type Run, standing } from "./run.ts";

/** What was typed and is not recorded, by visit. */
export type Drafts = Readonly<Record<string, PhoneDraft>>;

export interface Place {
  readonly run: string;
  readonly person: string;
  readonly visit: string | null;
  readonly field: string | null;
  readonly drafts: Drafts;
}

/** The order as the phone shows it. */
export function sceneOf(compiled: Compiled, run: Run, { person, ...place }: Place): Scene {
  const people = namesOf(compiled.plan);
  return {
    ...place, compiled, order: orderOf(run), people, parts: partsOf(compiled.plan), now: standing(run).at,
    person: { id: person, name: people[person] ?? person, roles: [roleOf(person)] },
  };
}

function orderOf(run: Run): PhoneOrder {
  const { state, events } = standing(run);
  return { facts: run.facts, title: run.plan.title, product: run.plan.title, events, state };
}

export function typedIn(drafts: Drafts, visit: string): Answers {
  return drafts[visit]?.answers ?? {};
}
