import { canonical } from "./canonical.ts";
import type { Event } from "./events.ts";
import type { Json } from "./json_values.ts";
import { sha256Hex } from "./sha256.ts";

/** `prev` of an order's first event. */
export const GENESIS = "0".repeat(64);

/** What one link of an order's chain is the hash of. */
export interface ChainRecord {
  readonly organisation: string;
  readonly order: string;
  readonly sequence: number;
  readonly command: string;
  readonly prev: string;
  readonly event: Event;
}

/** SHA-256 in hex over the record's canonical JSON. Throws NotCanonical. */
export function chainHash(record: ChainRecord): string {
  return canonicalHash(record as unknown as Json);
}

/** SHA-256 in hex over the canonical JSON of `value`. Throws NotCanonical. */
export function canonicalHash(value: Json): string {
  return sha256Hex(canonical(value));
}
