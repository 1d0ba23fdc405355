import type { Field, Node, Template, Words } from "../model/index.ts";

/** What a path of an expression means in the template. */
export interface Meaning {
  /** The step whose answer it is; null: of the order, or of this step. */
  readonly step: Words | null;
  /** What it is called, the general before the special: "Runout", "within tolerance". */
  readonly names: readonly (Words | string)[];
  readonly field: Field | null;
  /** The member of the answer that is looked at last: `result`. */
  readonly member: string | null;
}

export interface Option {
  readonly value: string;
  readonly label: Words | string;
}

/** What `path` means where it stands in `node`; null when the template has nothing like it. */
export function meaningOf(template: Template, node: string, path: string): Meaning | null {
  const [first = "", ...rest] = path.replace(/\[(\d+)\]/g, ".$1").split(".");
  if (first === "order" || first === "now") return { step: null, names: [path], field: null, member: rest[0] ?? null };
  if (first === "steps" || first === "visits") return inStep(template, first, rest);
  return inField(template.nodes[node], null, first, rest);
}

/** `steps.measure.runout.value`, `visits.measure`, `visits.measure.0.runout.value`. */
function inStep(template: Template, around: "steps" | "visits", [name = "", ...rest]: readonly string[]): Meaning | null {
  const step = template.nodes[name];
  if (step?.kind !== "step") return null;
  const [field, ...members] = around === "visits" ? rest.slice(1) : rest;
  if (field !== undefined) return inField(step, step.title, field, members);
  return around === "visits" ? { step: step.title, names: [], field: null, member: null } : null;
}

function inField(node: Node | undefined, step: Words | null, id: string, members: readonly string[]): Meaning | null {
  const field = node?.kind === "step" ? node.fields?.find((each) => each.id === id) : undefined;
  if (field === undefined) return null;
  const names = [labelOf(field) ?? id, ...members.map((member) => partOf(field, member)?.label ?? `.${member}`)];
  return { step, names: names.filter((name) => name !== ".value"), field, member: members.at(-1) ?? null };
}

function labelOf(field: Field): Words | undefined {
  return "label" in field ? field.label : undefined;
}

const LISTS = ["items", "shots", "options", "points"] as const;

function partOf(field: Field, id: string): Option | undefined {
  return LISTS.flatMap((list) => listed(field, list)).find(({ value }) => value === id);
}

function listed(field: Field, list: string): readonly Option[] {
  const entries = (field as unknown as Readonly<Record<string, unknown>>)[list];
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: { id?: string; label?: Words } | string) => {
    if (typeof entry === "string") return [{ value: entry, label: entry }];
    return entry.id === undefined ? [] : [{ value: entry.id, label: entry.label ?? entry.id }];
  });
}

const RESULTS = ["ok", "not_ok", "na"];

/** The answers that can be compared with, where there is a list of them. `result` says what results of a checklist are called. */
export function optionsOf(meaning: Meaning | null, result: (value: string) => string): readonly Option[] {
  const { field = null, member = null } = meaning ?? {};
  if (field === null) return [];
  if (field.type === "checklist" && member === "result") return RESULTS.map((value) => ({ value, label: result(value) }));
  return field.type === "choice" || field.type === "multi_choice" ? listed(field, "options") : [];
}

/** The unit that numbers of this answer have. */
export function unitOf(meaning: Meaning | null): string {
  const field = meaning?.field as { readonly unit?: unknown } | null | undefined;
  return typeof field?.unit === "string" ? field.unit : "";
}
