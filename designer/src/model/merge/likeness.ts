import { isMembers, type Value } from "./same.ts";

/** From here on two things are one that was renamed. */
export const RENAMED = 0.9;
const FEWEST = 3;

/** How much of two values is the same: 0 to 1. Too little to tell is 0. */
export function likeness(one: Value, other: Value): number {
  const ours = leaves(one);
  const others = leaves(other);
  const larger = Math.max(ours.size, others.size);
  if (Math.min(ours.size, others.size) < FEWEST) return 0;
  return [...ours].filter((leaf) => others.has(leaf)).length / larger;
}

function leaves(value: Value): ReadonlySet<string> {
  const found = new Set<string>();
  gather(value, "", found);
  return found;
}

function gather(value: Value, path: string, found: Set<string>): void {
  if (Array.isArray(value)) (value as readonly unknown[]).forEach((each, index) => { gather(each, `${path}/${index}`, found); });
  else if (isMembers(value)) for (const [name, each] of Object.entries(value)) gather(each, `${path}/${name}`, found);
  else found.add(`${path} ${JSON.stringify(value)}`);
}
