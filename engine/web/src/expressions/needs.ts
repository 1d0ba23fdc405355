/** What everyday expressions do without: moments and spans of time (an order has one, and so has every evaluation), … */
const TIMES = /"(timestamp|duration|order|now)"/;
/** … and a node of a tree, a type of values, or a pattern's program that is not always here. */
const FURTHER = /\["(call|matches|all|exists|exists_one|filter|map|mapping|uint|bytes|type)",|"(uint|bytes|dyn|map)"|"program":\{/;

/**
 * Whether the expressions of a plan say more than what is always here, told by the plan's text: rather too often, when a template's
 * own words look like an expression, than too rarely.
 */
export function sayMore(plan: string): boolean {
  return TIMES.test(plan) || FURTHER.test(plan);
}
