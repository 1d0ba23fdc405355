import type { Draft } from "../draft.ts";
import { renameField } from "../edits/fields.ts";
import { renameNode } from "../edits/rename_node.ts";
import type { Field, Node } from "../template.generated.ts";
import { likeness, RENAMED } from "./likeness.ts";

/** A node, or a field of a step, that has another name now. */
export interface Rename {
  /** The step of the field; null: a node. */
  readonly node: string | null;
  readonly from: string;
  readonly to: string;
}

/** Nodes, or fields of one step, by name. */
type Named = Readonly<Record<string, unknown>>;

/** The draft with another name for something; unchanged where it is not there, or the name is taken. Everything that names it follows. */
export function renamed(draft: Draft, { node, from, to }: Rename): Draft {
  const command = node === null ? renameNode(draft, from, to) : renameField(draft, node, from, to);
  return command?.apply(draft) ?? draft;
}

/** What `after` calls differently. */
export function renamesOf(before: Named, after: Named, node: string | null): readonly Rename[] {
  const fresh = new Set(Object.keys(after).filter((name) => !Object.hasOwn(before, name)));
  return Object.keys(before).filter((name) => !Object.hasOwn(after, name)).flatMap((from) => {
    const to = [...fresh].find((name) => isRenamed(before[from], after[name]));
    if (to === undefined) return [];
    fresh.delete(to);
    return [{ node, from, to }];
  });
}

function isRenamed(one: unknown, other: unknown): boolean {
  const [was, is] = [one, other] as [Partial<Node & Field>, Partial<Node & Field>];
  return was.kind === is.kind && was.type === is.type && likeness(withoutId(was), withoutId(is)) >= RENAMED;
}

function withoutId(value: Partial<Field>): unknown {
  const { id: _, ...rest } = value;
  return rest;
}

export function nodesOf({ template }: Draft): Readonly<Record<string, Node>> {
  return template.nodes;
}

/** The fields of a step by id; the first of those that are called the same. */
export function fieldsOf({ template }: Draft, node: string): Readonly<Record<string, Field>> {
  const step = template.nodes[node];
  const fields = step?.kind === "step" ? (step.fields ?? []) : [];
  return Object.fromEntries([...fields].reverse().map((field) => [field.id, field]));
}
