import type { JsonObject } from "./json_values.ts";

export interface OpenVisit {
  readonly node: string;
  readonly number: number;
  readonly status: "ready" | "running" | "paused";
  readonly by: string | null;
  readonly since: string;
  readonly worked_ms: number;
}

export interface OpenJoin {
  readonly expected: number;
  readonly arrived: number;
}

export interface Lock {
  readonly visit: string;
  readonly by: string;
  readonly at: string;
  readonly photo: string | null;
  readonly confirmed_by: string | null;
}

/** The order's facts, as expressions see them under `order`. */
export interface OrderFacts extends JsonObject {
  readonly number: string;
  readonly product: string;
  readonly asset: string;
  readonly fault_codes: readonly string[];
  readonly fault_text: string;
  readonly warranty: boolean;
  readonly customer_level: string;
  readonly created: string;
}

/** Control only: its size depends on how wide the flow is, never on history or on the template's length. */
export interface State {
  readonly status: "new" | "open" | "ended" | "cancelled";
  readonly sequence: number;
  readonly outcome: string | null;
  readonly assigned_to: string | null;
  readonly active: Readonly<Record<string, OpenVisit>>;
  readonly joins: Readonly<Record<string, OpenJoin>>;
  readonly reworks: Readonly<Record<string, number>>;
  readonly locks: Readonly<Record<string, Lock>>;
  readonly order: JsonObject;
}

/** The state of an order of which nothing has happened yet. */
export function initialState(): State {
  return {
    status: "new",
    sequence: 0,
    outcome: null,
    assigned_to: null,
    active: {},
    joins: {},
    reworks: {},
    locks: {},
    order: {},
  };
}

/** A visit's id: it needs no generator. */
export function visitId(node: string, number: number): string {
  return `${node}#${number}`;
}

/** The step that a visit is of. */
export function visitNode(visit: string): string {
  return visit.slice(0, Math.max(0, visit.lastIndexOf("#")));
}

/** The key of a lock in `State.locks`. */
export function pointKey(step: string, gate: string, point: string): string {
  return `${step}.${gate}.${point}`;
}
