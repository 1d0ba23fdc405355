import type { Draft } from "./draft.ts";
import type { Step } from "./template.generated.ts";

/** `wanted` if it is free, else with the first number that makes it so: `step`, `step_2`, … */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, "");
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`;
}

export function nodeNames({ template }: Draft): ReadonlySet<string> {
  return new Set(Object.keys(template.nodes));
}

/** Names of the step's fields, and those that CEL and the format keep for themselves. */
export function fieldNames(step: Step): ReadonlySet<string> {
  return new Set([...RESERVED, ...(step.fields ?? []).map(({ id }) => id)]);
}

/** See docs/template-format.md: a field may not be called so. */
export const RESERVED: readonly string[] = [
  "steps", "visits", "order", "item", "now", "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import",
  "let", "loop", "package", "namespace", "return", "var", "void", "while",
];
