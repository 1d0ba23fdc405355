import { loadPlan } from "../src/load_plan.ts";
import type { PlanField, StepNode } from "../src/plan.ts";
import type { Plan } from "../src/plan.ts";

const WORDS = { "zh-CN": "示例", en: "Example" };

export function field(id: string, type: string, settings: PlanField["settings"] = {}): PlanField {
  return {
    id, type, label: WORDS, help: null, internal: false, required: false, visible: true, value: null, default: null, checks: [], cel: "dyn", settings,
  };
}

export function step(id: string, to: string, fields: readonly PlanField[]): StepNode {
  const edge = { id: `${id}/0`, to, label: null, when: null, rework: false, limit: null, exit: null, reason_field: null };
  return {
    id, kind: "step", title: WORDS, description: null, role: "engineer", standard_minutes: 5, not_same_person_as: [], energises: false,
    fields, evaluation_order: fields.map((each) => each.id), next: [edge], reads: [],
  };
}

/** A plan of one step after the other. */
export function planOf(...steps: readonly (readonly PlanField[])[]): Plan {
  return loadPlan(jsonOf(...steps));
}

/** As the server sends it: nothing is loaded yet. */
export function jsonOf(...steps: readonly (readonly PlanField[])[]): unknown {
  const nodes = steps.map((fields, index) => step(`step_${index}`, index + 1 < steps.length ? `step_${index + 1}` : "done", fields));
  return {
    plan: 1, key: "example", title: WORDS, template_hash: "0".repeat(64), roles: { engineer: {} }, pause_reasons: [], start: "step_0",
    nodes: { ...Object.fromEntries(nodes.map((node) => [node.id, node])), done: { id: "done", kind: "end", outcome: "repaired", title: WORDS } },
  };
}
