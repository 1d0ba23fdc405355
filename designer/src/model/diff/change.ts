import type { Words } from "@mendloop/engine";

/** One difference between two templates, as people would tell it. */
export interface Change {
  readonly kind: "added" | "removed" | "changed" | "moved" | "renamed";
  /** The node it belongs to, as it is called in `side`; null: the template. */
  readonly node: string | null;
  /** What changes are shown under: the node's title. */
  readonly group: Words;
  /** Which of the two the pointer leads into: what was removed is only in `before`. */
  readonly side: "before" | "after";
  readonly pointer: string;
  /** "Tolerance of “Runout”: 0–0.05 mm → 0–0.08 mm" */
  readonly words: Words;
}
