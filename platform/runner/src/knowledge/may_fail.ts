import type { PlanField } from "@mendloop/engine";

/** Field types of which an answer may say that something is not as it should be. */
export function mayFail({ type }: Pick<PlanField, "type">): boolean {
  return type === "reading" || type === "checklist" || type === "table";
}
