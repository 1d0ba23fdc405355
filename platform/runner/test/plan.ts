import { initialState, loadPlan, type Plan, type PlanEdge, type PlanField, type PlanNode, type StepNode } from "@mendloop/engine";
import type { FullOrder } from "../src/api/types.ts";

export const words = (text: string): { en: string; "zh-CN": string } => ({ en: text, "zh-CN": text });

export function edge(to: string, change: Partial<PlanEdge> = {}): PlanEdge {
  return { id: `to/${to}`, to, label: null, when: null, rework: false, limit: null, exit: null, reason_field: null, ...change };
}

export function field(id: string, type: string, settings: PlanField["settings"] = {}, required = false): PlanField {
  return { id, type, label: words(id), help: null, internal: false, required, visible: true, value: null, default: null, checks: [], cel: "dyn", settings };
}

export function step(id: string, fields: readonly PlanField[], next: readonly PlanEdge[], minutes = 10): StepNode {
  return {
    id, kind: "step", title: words(id), description: null, role: "engineer", standard_minutes: minutes, not_same_person_as: [], energises: false,
    fields, evaluation_order: fields.map((each) => each.id), next, reads: [],
  };
}

export function plan(start: string, nodes: readonly PlanNode[]): Plan {
  return loadPlan({
    plan: 1, key: "test", title: words("test"), template_hash: "", roles: { engineer: {} }, pause_reasons: [{ id: "meal", label: words("meal") }], start,
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
  });
}

export const facts: FullOrder["facts"] = {
  number: "1", product: "pump", asset: "P-1", fault_codes: [], fault_text: "", warranty: false, customer_level: "", created: "2026-11-22T08:00:00.000Z",
};

export function newOrder(): FullOrder {
  return {
    id: "o1", number: "1", title: words("t"), product: { key: "pump", name: words("Pump") }, asset: "P-1", customer: "", fault_codes: [], fault_text: "",
    priority: "normal", due: null, status: "new", outcome: null, revision: 0, plan_hash: "h", assigned_to: null, mine: true, active: [],
    progress: { done: 0, of: 1 }, facts, state: initialState(), visits: [], findings: [], people: {},
  };
}
