import type { Draft } from "../draft.ts";
import { merge } from "./merge.ts";
import { same } from "./same.ts";

/**
 * The change from one draft to another, done to `present`, which may have others' edits as well. Null when it cannot be done whole
 * without taking back what somebody else did, or when there is nothing left to do.
 */
export function onto(present: Draft, from: Draft, to: Draft): Draft | null {
  if (present === from) return to;
  const { merged, conflicts } = merge(from, to, present, undefined, "theirs");
  return conflicts.length > 0 || same(merged, present) ? null : merged;
}
