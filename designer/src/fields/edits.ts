import { type Command, command, type Draft, type Field, fieldsOf, joined, moveField } from "../model/index.ts";
import { gathered } from "./order.ts";

/** Put these fields together into a gap of their step, in the order in which they stand. */
export function gatherFields(draft: Draft, node: string, ids: readonly string[], gap: number): Command | null {
  const fields = fieldsOf(draft.template.nodes[node]);
  const order = gathered(fields, ({ id }) => ids.includes(id), gap);
  if (order.every((field, place) => field === fields[place])) return null;
  return command(draft, { key: "edit.move_field" }, (next) => {
    const step = next.template.nodes[node];
    if (step?.kind === "step") step.fields = order as Writable[];
  });
}

type Writable = NonNullable<Extract<Parameters<Parameters<typeof command>[2]>[0]["template"]["nodes"][string], { kind: "step" }>["fields"]>[number];

/** Put these fields at the end of another step, as one edit. */
export function sendFields(draft: Draft, from: string, ids: readonly string[], to: string): Command | null {
  return inOne(draft, ids.map((id) => (now) => moveField(now, from, id, to, fieldsOf(now.template.nodes[to]).length)));
}

/** Several edits, each made of what the one before has left, undone together. */
export function inOne(draft: Draft, edits: readonly ((draft: Draft) => Command | null)[]): Command | null {
  let [all, now]: [Command | null, Draft] = [null, draft];
  for (const edit of edits) {
    const made = edit(now);
    if (made === null) continue;
    now = made.apply(now);
    all = all === null ? made : joined(all, made);
  }
  return all === null ? null : { ...all, burst: null };
}

/** Settings that the field had and the converted one has not: keys of the format. */
export function lostKeys(before: Field, after: Field | undefined): readonly string[] {
  return Object.keys(before).filter((key) => key !== "type" && !Object.hasOwn(after ?? {}, key));
}
