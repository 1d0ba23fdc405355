import { learnParts } from "./expressions/index.ts";
import type { LoadFields } from "./fields/loaders.ts";
import { loadFields } from "./fields/loaders.ts";
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
  const text = JSON.stringify(plan.nodes);
  const names = new Set(Array.from(text.matchAll(/"type":"(\w+)"/g), ([, name = ""]) => name));
  try {
    const [types] = await Promise.all([loadFields(names, plugins), learnParts(text)]);
    return withTypes(plan, types);
  } catch (cause) {
    throw new PieceMissing("a piece of the engine could not be fetched", { cause });
  }
}
