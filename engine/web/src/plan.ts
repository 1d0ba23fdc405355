import type { Tree, Type } from "./expressions/index.ts";
import type { FieldTypes } from "./fields/registry.ts";
import type { FieldType } from "./fields/type.ts";
import type { JsonObject, Words } from "./json_values.ts";
import { isObject, own } from "./json_values.ts";

/** An expression, parsed and typed when its template was published. */
export interface Expr {
  readonly source: string;
  readonly tree: Tree;
  readonly reads: readonly (readonly string[])[];
}

export type Condition = boolean | Expr;

export interface PlanEdge {
  readonly id: string;
  readonly to: string;
  readonly label: Words | null;
  readonly when: Expr | null;
  readonly rework: boolean;
  readonly limit: number | null;
  readonly exit: string | null;
  readonly reason_field: string | null;
}

export interface PlanCheck {
  readonly id: string;
  readonly that: Expr;
  readonly message: Words;
  readonly level: "refuse" | "reason";
}

export interface PlanField {
  readonly id: string;
  readonly type: string;
  readonly label: Words;
  readonly help: Words | null;
  readonly internal: boolean;
  readonly required: Condition;
  readonly visible: Condition;
  readonly value: Expr | null;
  readonly default: Expr | null;
  readonly checks: readonly PlanCheck[];
  readonly cel: Type;
  readonly settings: JsonObject;
}

export interface StepNode {
  readonly id: string;
  readonly kind: "step";
  readonly title: Words;
  readonly description: Words | null;
  readonly role: string;
  readonly standard_minutes: number | null;
  readonly not_same_person_as: readonly string[];
  readonly energises: boolean;
  readonly fields: readonly PlanField[];
  readonly evaluation_order: readonly string[];
  readonly next: readonly PlanEdge[];
  readonly reads: readonly string[];
  /** The position of the asset that is worked on. */
  readonly position?: string;
  /** What is clocked on the step; plans of earlier releases do not say. */
  readonly time?: "work" | "travel";
}

export interface ChoiceNode {
  readonly id: string;
  readonly kind: "choice";
  readonly title: Words;
  readonly next: readonly PlanEdge[];
  readonly reads: readonly string[];
}

export interface ParallelNode {
  readonly id: string;
  readonly kind: "parallel";
  readonly title: Words;
  readonly join: string;
  readonly next: readonly PlanEdge[];
  readonly reads: readonly string[];
}

export interface JoinNode {
  readonly id: string;
  readonly kind: "join";
  readonly title: Words;
  readonly next: readonly PlanEdge[];
  readonly reads: readonly string[];
}

export interface EndNode {
  readonly id: string;
  readonly kind: "end";
  readonly outcome: string;
  readonly title: Words;
}

export type PlanNode = StepNode | ChoiceNode | ParallelNode | JoinNode | EndNode;

export interface Role {
  readonly title?: Words;
}

export interface PauseReason {
  readonly id: string;
  readonly label: Words;
  /** What the time of the pause is; plans of earlier releases do not say. */
  readonly time?: "waiting" | "travel" | "elsewhere";
}

/** What a template compiles to: immutable, shared by every order of a version. */
export interface Plan {
  readonly plan: 1;
  readonly key: string;
  readonly title: Words;
  readonly template_hash: string;
  readonly roles: Readonly<Record<string, Role>>;
  readonly pause_reasons: readonly PauseReason[];
  readonly start: string;
  readonly nodes: Readonly<Record<string, PlanNode>>;
}

/** The field types that plans were loaded with: they are code, not part of a plan's JSON. */
const typesOfPlans = new WeakMap<Plan, FieldTypes>();

/** The plan of `json`, as the server sends it: an object, or its text. Throws when it is no plan of format 1. */
export function readPlan(json: unknown): Plan {
  const found: unknown = typeof json === "string" ? JSON.parse(json) : json;
  if (!isObject(found) || found["plan"] !== 1 || !isObject(found["nodes"])) throw new TypeError("not a plan of format 1");
  return found as unknown as Plan;
}

/** `plan`, whose fields are of these types from now on. */
export function withTypes(plan: Plan, types: FieldTypes): Plan {
  typesOfPlans.set(plan, types);
  return plan;
}

/** The step of that name; throws when there is none. */
export function stepOf(plan: Plan, node: string): StepNode {
  const found = own(plan.nodes, node);
  if (found?.kind !== "step") throw new TypeError(`no step ${node}`);
  return found;
}

/** The field type of that name, if its plugin is there. Throws for a plan that was not loaded. */
export function fieldType(plan: Plan, name: string): FieldType | undefined {
  const types = typesOfPlans.get(plan);
  if (types === undefined) throw new TypeError("a plan must be loaded before it is used");
  return types.get(name);
}
