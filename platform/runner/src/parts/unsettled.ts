import type { Event, Json, Plan, Problem } from "@mendloop/engine";
import type { OrderParts } from "./types.ts";

/** What would be left open of an order's parts if it ended by these events; nothing while it goes on. */
export function unsettled(plan: Plan, events: readonly Event[], sheet: OrderParts | undefined): readonly Problem[] {
  if (sheet === undefined || !events.some(({ type }) => type === "OrderEnded")) return [];
  const settled = settledBy(plan, events);
  return sheet.parts.filter(({ number, open }) => open > (settled.get(number) ?? 0)).map(({ number, open }) => (
    { code: "parts.unsettled", at: "", element: number, params: { part: number, quantity: open - (settled.get(number) ?? 0) } }
  ));
}

/** What the steps that end by these events say themselves about parts. */
function settledBy(plan: Plan, events: readonly Event[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const event of events) {
    if (event.type !== "StepCompleted") continue;
    const node = plan.nodes[event.visit.split("#")[0] ?? ""];
    for (const field of node?.kind === "step" ? node.fields : []) {
      if (field.type === "parts") for (const line of linesOf(event.answers[field.id])) found.set(line.part, (found.get(line.part) ?? 0) + line.quantity);
    }
  }
  return found;
}

function linesOf(answer: Json | undefined): readonly { readonly part: string; readonly quantity: number }[] {
  const lines = (Array.isArray(answer) ? answer : []) as unknown as readonly { part: string; quantity: number; action: string }[];
  return lines.filter(({ action }) => action === "used" || action === "returned");
}
