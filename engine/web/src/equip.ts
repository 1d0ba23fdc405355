import { sayMore } from "./expressions/index.ts";
import type { LoadFields } from "./fields/loaders.ts";
import { areSimple, typesOf } from "./fields/loaders.ts";
import type { FieldTypes } from "./fields/registry.ts";
import type { Plan } from "./plan.ts";
import { readPlan, withTypes } from "./plan.ts";

/** A piece of the engine that the plan needs could not be had: there is no network, or the plugin is broken. */
export class PieceMissing extends Error {}

/**
 * The plan of `json` with the code that it needs, fetched now; `plugins` say where further field types come from.
 * Rejects as `loadPlan` throws, and with `PieceMissing`.
 */
export async function equip(json: unknown, plugins: Readonly<Record<string, LoadFields>> = {}): Promise<Plan> {
  const plan = readPlan(json);
  try {
    return withTypes(plan, await typesFor(JSON.stringify(plan.nodes), plugins));
  } catch (cause) {
    throw new PieceMissing("a piece of the engine could not be fetched", { cause });
  }
}

/** The field types of a plan, by its text. What its expressions say beyond the everyday is learnt on the way. */
async function typesFor(plan: string, plugins: Readonly<Record<string, LoadFields>>): Promise<FieldTypes> {
  const names = new Set(Array.from(plan.matchAll(/"type":"(\w+)"/g), ([, name = ""]) => name));
  const named = Object.entries(plugins).filter(([name]) => names.has(name));
  const needsMore = !areSimple(names) || sayMore(plan);
  const [further, ...others] = await Promise.all([needsMore ? import("./further.ts") : null, ...named.map(async ([, load]) => await load())]);
  further?.teach();
  further?.learnKeywords();
  return typesOf(further === null ? others : [further, ...others]);
}

/** Fetches everything that plans may need, so that it is on the phone when the network is not. */
export async function fetchFurther(): Promise<void> {
  await import("./further.ts");
}
