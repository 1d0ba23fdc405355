import type { Words } from "@mendloop/engine";
import { type Conflict, type Merge, resolve } from "../merge/index.ts";
import type { Template } from "../template.generated.ts";
import type { Change } from "./change.ts";
import { difference } from "./difference.ts";

/** All changes of one node; `node` null: of the template itself. */
export interface ChangeGroup {
  readonly node: string | null;
  readonly title: Words;
  readonly kind: "added" | "removed" | "changed";
  readonly changes: readonly Change[];
}

/** Changes as `difference` tells them, by node. */
export function byNode(changes: readonly Change[]): readonly ChangeGroup[] {
  const groups = new Map<string | null, Change[]>();
  for (const change of changes) groups.set(change.node, [...(groups.get(change.node) ?? []), change]);
  return [...groups].map(([node, own]) => ({ node, title: own[0]?.group ?? {}, kind: kindOf(node, own), changes: own }));
}

/** Added or removed as a whole, else changed. */
function kindOf(node: string | null, changes: readonly Change[]): ChangeGroup["kind"] {
  const whole = changes.find(({ pointer }) => node !== null && pointer === `/nodes/${node}`)?.kind;
  return whole === "added" || whole === "removed" ? whole : "changed";
}

/** What each side of a conflict has changed, in words. */
export function sidesOf(merge: Merge, conflict: Conflict): { readonly mine: readonly Change[]; readonly theirs: readonly Change[] } {
  const [base, mine, theirs] = (["base", "mine", "theirs"] as const).map((side) => resolve(merge, conflict, side).merged.template) as [Template, Template, Template];
  return { mine: difference(base, mine), theirs: difference(base, theirs) };
}
