import type { Scope } from "./cel_names.ts";
import { asList, type Path } from "./json.ts";
import type { Field, Node, Template } from "./template.generated.ts";

/** An expression of the template, and where it stands. */
export interface Sited {
  readonly path: Path;
  readonly source: string;
  readonly scope: Scope;
}

/** Every expression of a template, in the order in which it is written. */
export function* expressionsOf(template: Template): Generator<Sited> {
  for (const [name, node] of Object.entries(template.nodes)) yield* expressionsOfNode(name, node);
}

/** Every expression of a node: conditions of its routes, and its fields'. */
export function* expressionsOfNode(name: string, node: Node): Generator<Sited> {
  const scope = { node: name, table: null };
  if (node.kind === "step") yield* ofFields(asList(node.fields), ["nodes", name, "fields"], scope);
  if (!("next" in node)) return;
  for (const [index, edge] of asList(node.next).entries()) yield* sited(edge.when, ["nodes", name, "next", index, "when"], scope);
}

/** Every expression of one field of a step, columns included. */
export function* expressionsOfField(field: Field, path: Path, scope: Scope): Generator<Sited> {
  for (const key of KEYS) yield* sited((field as Readonly<Record<string, unknown>>)[key], [...path, key], scope);
  for (const [index, check] of asList(field.checks).entries()) yield* sited(check.that, [...path, "checks", index, "that"], scope);
  if (field.type === "table") yield* ofFields(asList(field.columns), [...path, "columns"], { ...scope, table: field.id });
}

const KEYS = ["visible", "required", "value", "default"] as const;

function* ofFields(fields: readonly Field[], path: Path, scope: Scope): Generator<Sited> {
  for (const [index, field] of fields.entries()) yield* expressionsOfField(field, [...path, index], scope);
}

function* sited(source: unknown, path: Path, scope: Scope): Generator<Sited> {
  if (typeof source === "string") yield { path, source, scope };
}
