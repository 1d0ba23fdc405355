import type { Answers, Plan } from "@mendloop/engine";
import type { FullOrder } from "../api/types.ts";
import { failedChecks } from "./failed.ts";
import type { Asked } from "./types.ts";

/** What an order tells of its repair: product, fault, place in the whole, and all that was not as it should be. */
export function askedOf(order: FullOrder, plan: Plan, place: string | null = null): Asked {
  const { product, fault_codes: faults, fault_text: text } = order.facts;
  const position = order.parent?.position ?? "";
  const checks = [...new Set(order.visits.flatMap(({ node, answers }) => failedIn(plan, node, answers)))];
  return { product, faults, text, positions: position === "" ? [] : [position], checks, template: plan.key, place };
}

/** The same at a check that has just failed, whether it is recorded already or not. */
export function askedAt(order: FullOrder, plan: Plan, place: string): Asked {
  const asked = askedOf(order, plan, place);
  return { ...asked, checks: [...new Set([place, ...asked.checks])] };
}

function failedIn(plan: Plan, step: string, answers: Answers): readonly string[] {
  const node = plan.nodes[step];
  return node?.kind === "step" ? node.fields.flatMap((field) => failedChecks(step, field, answers[field.id])) : [];
}
