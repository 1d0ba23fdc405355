import type { Json } from "@mendloop/engine";
import type { WritableDraft } from "immer";
import { type FieldType, measuredLike, newField } from "../beginnings.ts";
import { type Added, type Command, command } from "../command.ts";
import { convertedField } from "../conversion.ts";
import type { Draft } from "../draft.ts";
import { fieldsOf } from "../fields_of.ts";
import { fieldNames, freeName, isName } from "../ids.ts";
import { at, type Path, put, sameJson } from "../json.ts";
import { fieldMoved, ownNamesSpelledOut } from "../moved_fields.ts";
import { fieldRenamed, make } from "../references.ts";
import type { Field, Step } from "../template.generated.ts";
import { FIRST_WORDS } from "../beginnings.ts";
import { writtenIn } from "../tongues.ts";
import { putWord } from "../untouched.ts";

/** Where the field stands in its step; -1 where there is none. */
export function placeOf(draft: Draft, node: string, id: string): number {
  return fieldsOf(draft.template.nodes[node]).findIndex((field) => field.id === id);
}

/** A new field with what its type needs, last or at `index`. Null where `node` is no step. */
export function addField(draft: Draft, node: string, type: FieldType, index?: number): Added | null {
  const id = freeName(type, fieldNames(draft.template.nodes[node]));
  const field = measuredLike(newField(type, id), fieldsOf(draft.template.nodes[node]).slice(0, index));
  return added(id, insertFields(draft, node, [writtenIn(draft.template, field)], index, "edit.add_field"));
}

/** Fields as they are, with ids that are free in the step. */
export function insertFields(draft: Draft, node: string, fields: readonly Field[], index: number | undefined, key: string): Command | null {
  if (fields.length === 0) return null;
  return onStep(draft, key, node, (step) => {
    const list = (step.fields ??= []);
    list.splice(index ?? list.length, 0, ...(fields as WritableDraft<Field>[]));
  });
}

export function removeFields(draft: Draft, node: string, ids: readonly string[]): Command | null {
  const gone = fieldsOf(draft.template.nodes[node]).filter(({ id }) => ids.includes(id)).length;
  if (gone === 0) return null;
  return onStep(draft, "edit.remove_fields", node, (step) => {
    for (let place = (step.fields ?? []).length - 1; place >= 0; place -= 1) {
      if (ids.includes(step.fields?.[place]?.id ?? "")) step.fields?.splice(place, 1);
    }
  }, null, { count: gone });
}

/** Put a field before what stands at `index` once it is taken out. In another step it gets a free id, and what names it follows. */
export function moveField(draft: Draft, from: string, id: string, to: string, index: number): Command | null {
  const place = placeOf(draft, from, id);
  if (place < 0) return null;
  if (from !== to) return moveToStep(draft, from, place, to, index);
  const last = fieldsOf(draft.template.nodes[from]).length - 1;
  if (place === Math.min(index, last)) return null;
  return onStep(draft, "edit.move_field", from, ({ fields }) => { fields?.splice(index, 0, ...fields.splice(place, 1)); });
}

function moveToStep(draft: Draft, from: string, place: number, to: string, index: number): Command | null {
  const { template } = draft;
  const field = fieldsOf(template.nodes[from])[place];
  if (field === undefined || template.nodes[to]?.kind !== "step") return null;
  const id = freeName(field.id, fieldNames(template.nodes[to]));
  return command(draft, { key: "edit.move_field" }, (next) => {
    make(fieldMoved(template, { from, old: field.id, to, id }), next.template);
    const [source, target] = [next.template.nodes[from], next.template.nodes[to]];
    if (source?.kind !== "step" || target?.kind !== "step") return;
    const [taken] = source.fields?.splice(place, 1) ?? [];
    if (taken === undefined) return;
    ownNamesSpelledOut(taken, from, field.id, to);
    (target.fields ??= []).splice(index, 0, { ...taken, id });
  });
}

/** The same once more, right below. */
export function duplicateField(draft: Draft, node: string, id: string): Added | null {
  const place = placeOf(draft, node, id);
  const field = fieldsOf(draft.template.nodes[node])[place];
  if (field === undefined) return null;
  const copy = freeName(id, fieldNames(draft.template.nodes[node]));
  return added(copy, insertFields(draft, node, [{ ...structuredClone(field), id: copy }], place + 1, "edit.duplicate_field"));
}

/** Another type with all that both types have: words, conditions, lists with labels, limits. */
export function convertField(draft: Draft, node: string, id: string, type: FieldType): Command | null {
  const place = placeOf(draft, node, id);
  const field = fieldsOf(draft.template.nodes[node])[place];
  if (field === undefined || field.type === type) return null;
  const begin = (begun: Field): Field => writtenIn(draft.template, measuredLike(begun, fieldsOf(draft.template.nodes[node]).slice(0, place)));
  return onStep(draft, "edit.convert_field", node, ({ fields }) => { fields?.splice(place, 1, convertedField(field, type, begin) as WritableDraft<Field>); });
}

/** Change one thing about a field; undefined takes it away. */
export function setField(draft: Draft, node: string, id: string, path: Path, value: Json | undefined): Command | null {
  const place = placeOf(draft, node, id);
  if (place < 0 || sameJson(at(fieldsOf(draft.template.nodes[node])[place], path), value)) return null;
  return onStep(draft, "edit.change_field", node, ({ fields }) => { putWord(fields?.[place], path, value, FIRST_WORDS); }, `field ${node} ${id} ${path.join(".")}`);
}

/** Give a field another name: everything that names it follows, expressions too. Null when the name is taken or none. */
export function renameField(draft: Draft, node: string, id: string, name: string): Command | null {
  const place = placeOf(draft, node, id);
  if (place < 0 || !isName(name) || fieldNames(draft.template.nodes[node]).has(name)) return null;
  return command(draft, { key: "edit.rename_field", params: { name } }, (next) => {
    make(fieldRenamed(draft.template, node, id, name), next.template);
    put(next.template, ["nodes", node, "fields", place, "id"], name);
  });
}

function added(id: string, edit: Command | null): Added | null {
  return edit === null ? null : { command: edit, id };
}

function onStep(draft: Draft, key: string, node: string, change: (step: WritableDraft<Step>) => void, burst: string | null = null, params = {}): Command | null {
  return command(draft, { key, params }, (next) => {
    const step = next.template.nodes[node];
    if (step?.kind === "step") change(step);
  }, burst);
}
