import type { Kind } from "./schema/kind.ts";

/** A map has no control of its own: where the format has one (roles, nodes), a panel shows it. */
export function hasControl(kind: Kind): boolean {
  return kind !== "fixed" && kind !== "map";
}
