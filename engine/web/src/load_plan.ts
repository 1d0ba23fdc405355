import { learnEverything } from "./expressions/index.ts";
import { BUILT_IN } from "./fields/built_in.ts";
import type { FieldTypes } from "./fields/registry.ts";
import { learnKeywords } from "./keywords.ts";
import type { Plan } from "./plan.ts";
import { readPlan, withTypes } from "./plan.ts";

/** The plan of `json` at once, with all types and the whole language of expressions. Throws when it is no plan of format 1. */
export function loadPlan(json: unknown, types: FieldTypes = BUILT_IN): Plan {
  const plan = readPlan(json);
  learnEverything();
  learnKeywords();
  return withTypes(plan, types);
}
