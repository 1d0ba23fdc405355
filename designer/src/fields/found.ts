import { computed, type ReadonlySignal } from "@preact/signals";
import { fieldsOf } from "../model/index.ts";
import type { Found, Session } from "../session.ts";

export type FoundByField = ReadonlyMap<string, readonly Found[]>;

const NONE: readonly Found[] = [];

/** What the check says of each field of a step, by the field's name: places in the checked draft may be others by now. */
export function problemsOf(session: Session, node: string): ReadonlySignal<FoundByField> {
  return computed(() => {
    const check = session.check.value;
    const found = new Map<string, Found[]>();
    if (check === null) return found;
    const fields = fieldsOf(check.draft.template.nodes[node]);
    const start = `/nodes/${node}/fields/`;
    for (const problem of check.problems) {
      if (!problem.at.startsWith(start)) continue;
      const id = fields[Number(problem.at.slice(start.length).split("/", 1)[0])]?.id;
      if (id !== undefined) found.set(id, [...(found.get(id) ?? []), problem]);
    }
    return found;
  });
}

export function problemsAt(found: FoundByField, id: string): readonly Found[] {
  return found.get(id) ?? NONE;
}

/** The key of the field that a problem is about; empty: the field itself. */
export function keyOf({ at }: Found): string {
  return at.split("/")[5] ?? "";
}
