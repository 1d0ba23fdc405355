import type { Draft } from "./draft.ts";
import type { Node } from "./template.generated.ts";

/** `wanted` if it is free, else with the first number that makes it so: `step`, `step_2`, … */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, "").slice(0, LONGEST - 5);
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`;
}

/** Names that a node may not take any more. */
export function nodeNames({ template }: Draft): ReadonlySet<string> {
  return new Set([...RESERVED, ...Object.keys(template.nodes)]);
}

/** Names of the step's fields, and those that CEL and the format keep for themselves. */
export function fieldNames(node: Node | undefined): ReadonlySet<string> {
  const fields = node?.kind === "step" ? (node.fields ?? []) : [];
  return new Set([...RESERVED, ...fields.map(({ id }) => id)]);
}

/** True for what the format takes as the name of a node or a field. */
export function isName(text: string): boolean {
  return NAME.test(text) && !RESERVED.includes(text);
}

/** A name made of words: `Check the pump` becomes `check_the_pump`; `otherwise` where no letter of ours is in it. */
export function nameFrom(words: string, otherwise: string): string {
  const name = words
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 40)
    .replace(/_+$/, "");
  return isName(name) ? name : otherwise;
}

const LONGEST = 64;
const NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** See docs/template-format.md: neither a node nor a field may be called so. */
export const RESERVED: readonly string[] = [
  "steps", "visits", "order", "item", "now", "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import",
  "let", "loop", "package", "namespace", "return", "var", "void", "while",
];
