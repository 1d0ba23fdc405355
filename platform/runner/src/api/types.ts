import type { Answers, JsonObject, OrderFacts, Problem, Reasons, Rework, State, Words } from "@mendloop/engine";

/** What the server says, as `/api/v1` writes it. */
export interface Session {
  readonly person_id: string;
  readonly name: string;
  readonly organisation_id: string;
  readonly organisation: string;
  readonly roles: readonly string[];
  readonly work_roles: readonly string[];
  readonly language: string;
  /** The organisation's clock, on which times are told; a phone may remember a session from before it was said. */
  readonly time_zone?: string;
  readonly utc_offset_minutes?: number;
  /** How many bytes a photo may have; a phone may remember a session from before it was said. */
  readonly photo_bytes?: number;
  readonly csrf_token: string;
}

export interface ActiveVisit {
  readonly visit: string;
  readonly node: string;
  readonly title: Words;
  readonly role: string;
  readonly status: "ready" | "running" | "paused";
  readonly by: string | null;
  readonly by_name: string | null;
  readonly since: string;
  readonly worked_ms: number;
  readonly standard_minutes: number | null;
  /** Who alone can do it: those whose locks it takes off, where there is nothing else to do in it. A phone may remember cards from before it was said. */
  readonly only_for?: readonly string[];
  readonly only_for_names?: readonly string[];
}

export interface Card {
  readonly id: string;
  readonly number: string;
  readonly title: Words;
  readonly product: { readonly key: string; readonly name: Words };
  readonly asset: string;
  readonly customer: string;
  readonly fault_codes: readonly { readonly code: string; readonly title: Words }[];
  readonly fault_text: string;
  readonly priority: string;
  readonly due: string | null;
  readonly status: string;
  readonly outcome: string | null;
  readonly revision: number;
  readonly plan_hash: string;
  readonly assigned_to: string | null;
  readonly assigned_to_name?: string | null;
  readonly mine: boolean;
  readonly active: readonly ActiveVisit[];
  readonly progress: { readonly done: number; readonly of: number };
  /** The order that this one is a part of; a phone may remember cards from before it was said. */
  readonly parent?: { readonly id: string; readonly number: string; readonly position: string } | null;
}

/** An order that is a part of another one, as it stood when that one was fetched. */
export interface SubOrder {
  readonly id: string;
  readonly number: string;
  readonly title: Words;
  readonly status: string;
  readonly asset: string;
  readonly assigned_to: string | null;
}

/** One pass through a step. `answers` are the final ones, or what was recorded so far. */
export interface VisitRecord {
  readonly visit: string;
  readonly node: string;
  readonly number: number;
  readonly by: string | null;
  readonly by_name: string | null;
  readonly status: "ready" | "running" | "paused" | "completed" | "withdrawn";
  readonly opened_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly worked_ms: number;
  readonly answers: Answers;
  readonly reasons: Reasons;
  readonly rework: Rework | null;
}

export interface Finding {
  readonly by: string;
  readonly at: string;
  readonly visit: string | null;
  readonly text: string;
  readonly severity: "note" | "minor" | "serious";
  readonly photos: readonly string[];
}

export interface FullOrder extends Card {
  readonly facts: OrderFacts;
  readonly state: State;
  readonly visits: readonly VisitRecord[];
  readonly findings: readonly Finding[];
  readonly people: Readonly<Record<string, string>>;
  /** Who gave it up, when and why; an order kept from before it was said does not know. */
  readonly cancelled?: { readonly by_name: string | null; readonly at: string; readonly reason: string } | null;
  readonly sub_orders?: readonly SubOrder[];
}

export interface SpokenProblem extends Problem {
  readonly message?: string;
}

export type AnswerStatus = "applied" | "duplicate" | "held" | "conflict" | "rejected";

export interface CommandAnswer {
  readonly id: string;
  readonly status: AnswerStatus;
  readonly revision: number | null;
  readonly problems: readonly SpokenProblem[];
}

export interface CommandsAnswer {
  readonly epoch: string;
  readonly high_water: number;
  readonly answers: readonly CommandAnswer[];
}

/** By a photo: those in whose place it was put. */
export type Replaces = Readonly<Record<string, readonly string[]>>;

export interface SentCommand {
  readonly id: string;
  readonly order: string;
  readonly type: string;
  readonly at: string;
  readonly sequence: number;
  readonly base_revision: number;
  readonly monotonic_ms: number;
  readonly payload: JsonObject;
  /** Photos by those that the server refused and in whose place they are. */
  readonly replaces?: Replaces;
}

/** Parts that orders will probably need, by order and step, the most probable first; what is known of each by its number. */
export interface RecommendedParts {
  readonly orders: Readonly<Record<string, Readonly<Record<string, readonly Recommended[]>>>>;
  readonly parts: Readonly<Record<string, Omit<FoundPart, "number">>>;
}

export interface Recommended {
  readonly part: string;
  readonly field: string;
  readonly probability: number;
  readonly why: Words;
}

export interface FoundPart {
  readonly number: string;
  readonly name: Words | string;
  readonly unit: string;
  /** Not said by a server from before. */
  readonly fits?: readonly string[];
  readonly serial_tracked?: boolean;
  /** It was found by this serial number of a piece in stock. */
  readonly serial?: string | null;
}
