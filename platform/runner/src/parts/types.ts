import type { JsonObject, Words } from "@mendloop/engine";
import type { SpokenProblem } from "../api/types.ts";
import type { Scanned } from "./scanned.ts";

/** So much of a part at a place. `owner` is the person of a van. */
export interface PartPlace {
  readonly location: string;
  readonly kind: string;
  readonly owner: string | null;
  readonly quantity: number;
}

/** One of a part lies there under this serial number, and may be taken. */
export interface NearPiece {
  readonly number: string;
  readonly serial: string;
  readonly location: string;
  readonly kind: string;
  readonly owner: string | null;
}

/** So much was asked for and is still to come, from a place of ours or from the supplier. */
export interface PartComing extends PartPlace {
  readonly id: string;
  readonly state: "asked" | "sent" | "to_buy" | "ordered";
}

/**
 * One part of an order: planned, still wanted, held, issued, and what of it waits to be settled. `used_here` of what was used was said on this
 * sheet and by no step. What a phone has kept from an older release lacks what may be undefined here.
 */
export interface OrderPart {
  readonly number: string;
  readonly name: Words;
  readonly unit: string;
  /** False where stock knows no such part. */
  readonly known?: boolean;
  readonly planned: number;
  readonly wanted: number;
  readonly reserved: readonly PartPlace[];
  readonly missing: number;
  readonly coming?: readonly PartComing[];
  readonly issued: number;
  readonly used: number;
  readonly used_here?: number;
  readonly returned: number;
  readonly explained: number;
  readonly open: number;
  readonly explained_open: number;
  /** It is taken by its serial number. */
  readonly serial_tracked?: boolean;
  readonly serials: readonly string[];
  readonly serials_used?: readonly string[];
  readonly stand_ins: readonly string[];
}

export interface OrderParts {
  readonly order: string;
  readonly status: string;
  readonly settled: boolean;
  readonly parts: readonly OrderPart[];
  /** Nearest first. */
  readonly pieces?: readonly NearPiece[];
  readonly explanations: readonly { readonly id: string; readonly number: string; readonly quantity: number; readonly reason: string; readonly state: string; readonly answer: string }[];
  readonly old_parts: readonly { readonly tag: string; readonly name: Words; readonly quantity: number; readonly target: string | null }[];
  readonly reasons: readonly string[];
}

export type PartVerb = "issue" | "give-back" | "use" | "explain" | "plan" | "ask";

/** Something done with an order's parts, under a key of its own: sending it twice does it once. */
export interface PartAct {
  readonly key: string;
  readonly order: string;
  readonly verb: PartVerb;
  readonly body: JsonObject;
  readonly at: string;
  /** Why the server did not take it; none while it waits. */
  readonly problems: readonly SpokenProblem[];
  /** The lines of the list that it takes; they are on it again where the server refuses them. */
  readonly scanned?: readonly Scanned[];
}
