import type { Plan, PlanField, Words } from "@mendloop/engine";
import type { CaseDesk } from "./desk.ts";
import type { Names } from "./why.ts";

interface Labelled {
  readonly id: string;
  readonly label: Words;
}

/** What reasons name: codes and products as the table says, checks as the order's own template calls them. */
export function namesFor(desk: CaseDesk, plan: Plan): Names {
  const { faults, products } = desk.table.value;
  return { faults, products, checks: checksOf(plan) };
}

const known = new WeakMap<Plan, Readonly<Record<string, Words>>>();

function checksOf(plan: Plan): Readonly<Record<string, Words>> {
  const found = known.get(plan) ?? Object.fromEntries(Object.values(plan.nodes).flatMap((node) => (node.kind === "step" ? node.fields.flatMap((field) => labelled(node.id, field)) : [])));
  known.set(plan, found);
  return found;
}

function labelled(step: string, { id, label, settings }: PlanField): readonly (readonly [string, Words])[] {
  const within = [...inside(settings["items"]), ...inside(settings["columns"])];
  return [[`${step}.${id}`, label], ...within.map((each) => [`${step}.${id}.${each.id}`, each.label] as const)];
}

function inside(members: unknown): readonly Labelled[] {
  return Array.isArray(members) ? (members as readonly Labelled[]) : [];
}
