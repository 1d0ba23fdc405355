/** Which parts of the language a plan needs beyond what is always here. Each is a piece of the bundle of its own. */

/** Moments and spans of time: an order has one, and so has every evaluation. */
const TIMES = /"(timestamp|duration|order|now)"/;
/** Everything else: a node of a tree, a type of values, or a pattern's program that is not always here. */
const FURTHER = /\["(call|matches|all|exists|exists_one|filter|map|mapping|uint|bytes|type)",|"(uint|bytes|dyn|map)"|"program":\{/;

/**
 * Fetches what the expressions of a plan need, told by the plan's text: rather too much, when a template's
 * own words look like an expression, than too little. Rejects when a part cannot be had.
 */
export async function learnParts(plan: string): Promise<void> {
  const parts: Promise<{ readonly teach: () => void }>[] = [];
  if (TIMES.test(plan)) parts.push(import("./times.ts"));
  if (FURTHER.test(plan)) parts.push(import("./further.ts"));
  for (const { teach } of await Promise.all(parts)) teach();
}
