import { mentions, rewritten } from "./cel_names.ts";
import { expressionsOf, expressionsOfField } from "./expressions.ts";
import { asList, at, put } from "./json.ts";
import { type Change, changedExpressions, dottedNamesOf } from "./references.ts";
import type { Field, Template } from "./template.generated.ts";

/** A field that goes from one step to another, where it may need another id. */
export interface Move {
  readonly from: string;
  readonly old: string;
  readonly to: string;
  readonly id: string;
}

/**
 * Everything that names the field, after the move: by its own name in its new step, by `steps.…` elsewhere. What reads it of all visits
 * of its old step stays, for those are another step's visits then.
 */
export function* fieldMoved(template: Template, { from, old, to, id }: Move): Generator<Change> {
  const sources = [...expressionsOf(template)];
  for (const sited of sources) {
    yield* changedExpressions([sited], old, (mention) => {
      if (mention.what !== "field" || mention.node !== from || mention.field !== old || mention.start < 0) return null;
      return { from: mention.start, to: mention.to, text: sited.scope.node === to ? id : `steps.${to}.${id}` };
    });
  }
  for (const [name, node] of Object.entries(template.nodes)) {
    if (node.kind !== "step") continue;
    for (const [index, field] of asList(node.fields).entries()) {
      for (const { path, value } of dottedNamesOf(field, ["nodes", name, "fields", index])) {
        const full = value.split(".").length === 2 && path.at(-1) === "pair" ? `${name}.${value}` : value;
        if (full.startsWith(`${from}.${old}.`) || full === `${from}.${old}`) yield { path, value: `${to}.${id}${full.slice(from.length + old.length + 1)}` };
      }
    }
  }
}

/** What the field's own expressions and pairs call by a bare name stays where it was: name its step. `field` is changed. */
export function ownNamesSpelledOut(field: Field, from: string, old: string, to: string): void {
  for (const { path, source } of [...expressionsOfField(field, [], { node: from, table: null })]) {
    const own = mentions(source, { node: from, table: null }).flatMap((mention) => (mention.what === "field" ? [mention] : []));
    const longer = own
      .filter((each) => each.start === each.from && each.field !== old)
      .map((each) => ({ from: each.from, to: each.to, text: `steps.${from}.${source.slice(each.from, each.to)}` }));
    const shorter = own
      .filter((each) => each.node === to && each.start >= 0 && each.start < each.from)
      .map((each) => ({ from: each.start, to: each.to, text: each.field }));
    if (longer.length + shorter.length > 0) put(field, path, rewritten(source, [...longer, ...shorter]));
  }
  if (field.type !== "photo") return;
  for (const { path, value } of [...dottedNamesOf(field, [])]) {
    if (value.split(".").length === 2 && at(field, path) === value) put(field, path, `${from}.${value}`);
  }
}
