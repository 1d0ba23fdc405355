import type { OrderFacts } from "@mendloop/engine";
import type { Template } from "../../model/index.ts";
import { START } from "./time.ts";

/** What a scenario says of an order where it says nothing: the same as in the engine's scenarios. */
export const MADE_UP: OrderFacts = {
  number: "WO-1", product: "", asset: "ASSET-1", fault_codes: [], fault_text: "", warranty: false, customer_level: "", created: START,
};

/** An order for which this template would be proposed. */
export function factsFor({ applies_to: applies = [] }: Pick<Template, "applies_to">): OrderFacts {
  const [first] = applies;
  if (first === undefined) return MADE_UP;
  return { ...MADE_UP, product: exampleOf(first.product, "example"), fault_codes: (first.faults ?? []).slice(0, 1).map((fault) => exampleOf(fault, "1")) };
}

/** Only what differs from what would be made up anyway. */
export function statedFacts(facts: OrderFacts): Partial<OrderFacts> {
  const stated = Object.entries(facts).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(MADE_UP[name]));
  return Object.fromEntries(stated);
}

/** A name that the pattern stands for. */
function exampleOf(pattern: string, any: string): string {
  return pattern.replaceAll("*", any);
}
