import type { Draft } from "../draft.ts";
import { pointerOf } from "../json.ts";
import { fieldsOf, nodesOf, type Rename, renamed, renamesOf } from "../merge/renames.ts";
import { isMembers, type Members, same } from "../merge/same.ts";
import type { Node, Template } from "../template.generated.ts";
import type { Change } from "./change.ts";
import { Comparing } from "./comparing.ts";
import { ownName } from "./names.ts";
import { inWords, phrase, type Said } from "./phrase.ts";

const NODES: ReadonlySet<string> = new Set(["nodes", "roles", "$schema", "format"]);

/** What has changed from one template to another, in meaning: the template itself first, then node by node. */
export function difference(before: Template, after: Template): readonly Change[] {
  if (same(before, after)) return [];
  const [known, renames] = calledTheSame(before, after);
  const work = new Comparing(known, after);
  work.members(known, after, { before: [], after: [] }, NODES);
  named(work, "roles", known.roles, after.roles);
  named(work, "nodes", known.nodes, after.nodes);
  return [...renames.map((rename) => renamedChange(work, after, rename)), ...work.changes].sort((one, other) => placeOf(one, after) - placeOf(other, after));
}

/** The earlier template with the names of the later one, and what had others. */
function calledTheSame(before: Template, after: Template): readonly [Template, readonly Rename[]] {
  let draft: Draft = { template: before, layout: {} };
  const later: Draft = { template: after, layout: {} };
  const nodes = renamesOf(nodesOf(draft), nodesOf(later), null);
  draft = nodes.reduce(renamed, draft);
  const fields = Object.keys(after.nodes).flatMap((node) => renamesOf(fieldsOf(draft, node), fieldsOf(later, node), node));
  return [fields.reduce(renamed, draft).template, [...nodes, ...fields]];
}

function named(work: Comparing, list: "nodes" | "roles", before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(before)) if (!Object.hasOwn(after, name)) work.removed([list, name], thingOf(list, value), extent(value));
  for (const [name, value] of Object.entries(after)) {
    const was = before[name];
    if (!Object.hasOwn(before, name)) work.added([list, name], thingOf(list, value), extent(value));
    else if (isMembers(was) && isMembers(value) && !same(was, value)) compared(work, list, name, was, value);
  }
}

/** A node that became one of another kind has other things: only what both kinds have is compared. */
function compared(work: Comparing, list: string, name: string, was: Members, is: Members): void {
  const onlyOne = was["kind"] === is["kind"] ? [] : [...Object.keys(was), ...Object.keys(is)].filter((key) => !Object.hasOwn(was, key) || !Object.hasOwn(is, key));
  work.members(was, is, { before: [list, name], after: [list, name] }, new Set(onlyOne));
}

function thingOf(list: string, value: unknown): string {
  return list === "roles" ? "roles" : `${(value as Node).kind}_node`;
}

/** How much is in a step. */
function extent(value: unknown): Readonly<Record<string, Said>> {
  const fields = (value as { readonly fields?: readonly unknown[] }).fields?.length ?? 0;
  return fields === 0 ? {} : { element: phrase("with_fields", { element: ownName(value, ""), count: fields }) };
}

function renamedChange(work: Comparing, after: Template, { node, from, to }: Rename): Change {
  const index = Object.keys(fieldsOf({ template: after, layout: {} }, node ?? "")).indexOf(to);
  const path = node === null ? ["nodes", to] : ["nodes", node, "fields", index];
  const value = node === null ? after.nodes[to] : fieldsOf({ template: after, layout: {} }, node)[to];
  const words = inWords(phrase(node === null ? "renamed_node" : "renamed_field", { element: ownName(value, to), from, to }));
  return { kind: "renamed", node: node ?? to, group: work.groupOf(node ?? to), side: "after", pointer: pointerOf(path), words };
}

/** Nodes in the order of the later template; those that are gone at the end. */
function placeOf({ node }: Change, after: Template): number {
  if (node === null) return -1;
  const place = Object.keys(after.nodes).indexOf(node);
  return place < 0 ? Infinity : place;
}
