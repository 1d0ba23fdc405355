import type { Words } from "@mendloop/engine";
import type { LiveOrder } from "./live_order.ts";

/** What the template calls `point` of gate `step.field`; its id where it is not found. */
export function labelOfPoint(order: LiveOrder, gate: string, point: string): Words | string {
  const [node = "", field = ""] = gate.split(".");
  const step = order.plan.nodes[node];
  const points = step?.kind === "step" ? step.fields.find(({ id }) => id === field)?.settings["points"] : undefined;
  const found = (points as readonly { id: string; label: Words | string }[] | undefined)?.find(({ id }) => id === point);
  return found?.label ?? point;
}
