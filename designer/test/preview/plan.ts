import { type Expr, loadPlan, type Plan, type PlanEdge, type PlanField, type PlanNode, type StepNode } from "@mendloop/engine";

const words = (text: string): { en: string; "zh-CN": string } => ({ en: text, "zh-CN": text });

export function field(id: string, type: string, settings: PlanField["settings"] = {}, change: Partial<PlanField> = {}): PlanField {
  return { id, type, label: words(id), help: null, internal: false, required: true, visible: true, value: null, default: null, checks: [], cel: "dyn", settings, ...change };
}

/** `name == "text"`, as the engine compiles it. */
export function equals(name: string, text: string): Expr {
  return { source: `${name} == "${text}"`, tree: ["==", ["name", name], ["string", text]] as unknown as Expr["tree"], reads: [[name]] };
}

export function edge(from: string, number: number, to: string, change: Partial<PlanEdge> = {}): PlanEdge {
  return { id: `${from}/${number}`, to, label: null, when: null, rework: false, limit: null, exit: null, reason_field: null, ...change };
}

export function step(id: string, role: string, fields: readonly PlanField[], next: readonly PlanEdge[], change: Partial<StepNode> = {}): StepNode {
  return {
    id, kind: "step", title: words(id), description: null, role, standard_minutes: 10, not_same_person_as: [], energises: false,
    fields, evaluation_order: fields.map((each) => each.id), next, reads: [], ...change,
  };
}

export function planOf(start: string, nodes: readonly PlanNode[]): Plan {
  return loadPlan({
    plan: 1, key: "test", title: words("Test"), template_hash: "", roles: { engineer: {}, inspector: {} }, pause_reasons: [{ id: "meal", label: words("Meal") }], start,
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
  });
}

export const READING = field("runout", "reading", { unit: "mm", norm: 0, tolerance: [0, 0.05], hard_limit: [0, 1], decimals: 3 });
export const SHOTS = field("before", "photo", { shots: [{ id: "front", label: words("Front"), min: 1, max: 3 }], camera_only: false });
export const VERDICT = field("verdict", "choice", { options: [{ id: "passed", label: words("Passed") }, { id: "rejected", label: words("Rejected") }] });

/** Measure, then have it looked at: what is rejected is measured again; a choice leads to one of two ends. */
export const MEASURED = planOf("measure", [
  step("measure", "engineer", [READING, SHOTS], [edge("measure", 0, "inspect")]),
  step("inspect", "inspector", [VERDICT], [edge("inspect", 0, "measure", { when: equals("verdict", "rejected"), rework: true }), edge("inspect", 1, "which")]),
  { id: "which", kind: "choice", title: {}, next: [edge("which", 0, "scrapped", { when: equals("nothing", "x") }), edge("which", 1, "done")], reads: [] },
  { id: "done", kind: "end", outcome: "repaired", title: words("Repaired") },
  { id: "scrapped", kind: "end", outcome: "scrapped", title: words("Scrapped") },
]);

/** Two branches beside each other, then a join. */
export const TOGETHER = planOf("split", [
  { id: "split", kind: "parallel", title: {}, join: "meet", next: [edge("split", 0, "left"), edge("split", 1, "right")], reads: [] },
  step("left", "engineer", [], [edge("left", 0, "meet")]),
  step("right", "inspector", [], [edge("right", 0, "meet")]),
  { id: "meet", kind: "join", title: {}, next: [edge("meet", 0, "done")], reads: [] },
  { id: "done", kind: "end", outcome: "repaired", title: words("Repaired") },
]);

/** A gate with two points and a second person, then another step that takes the locks off. */
export const LOCKED = planOf("isolate", [
  step("isolate", "engineer", [field("loto", "safety_gate", { points: [{ id: "mcc", label: "mcc" }, { id: "valve", label: "valve" }], photo: true, second_person: true, removes: null })], [edge("isolate", 0, "restore")]),
  step("restore", "engineer", [field("off", "safety_gate", { points: null, photo: false, second_person: false, removes: "isolate.loto" })], [edge("restore", 0, "done")]),
  { id: "done", kind: "end", outcome: "repaired", title: words("Repaired") },
]);
