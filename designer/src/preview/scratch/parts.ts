import type { JsonObject, Plan, PlanField } from "@mendloop/engine";
import type { PartFound } from "@mendloop/fields";

/** The parts that the store of the preview has: those for which the template plans, and two that nobody planned for. */
export function partsOf(plan: Plan): readonly PartFound[] {
  const planned = Object.values(plan.nodes).flatMap((node) => (node.kind === "step" ? node.fields : [])).flatMap(linesOf).map(asFound);
  return [...new Map([...planned, ...OTHERS].map((part) => [part.id, part])).values()];
}

const OTHERS: readonly PartFound[] = [
  { id: "SCR-M5", label: { "zh-CN": "M5 螺钉", en: "Screw M5" }, unit: "piece" },
  { id: "CLEAN-1", label: { "zh-CN": "清洁剂", en: "Cleaner" }, unit: "l" },
];

function linesOf({ type, settings }: PlanField): readonly JsonObject[] {
  return type === "parts" ? ((settings["lines"] ?? []) as readonly JsonObject[]) : [];
}

function asFound(line: JsonObject): PartFound {
  return {
    id: line["part"] as string,
    label: (line["label"] ?? (line["part"] as string)) as PartFound["label"],
    unit: (line["unit"] ?? "piece") as string,
    fits: (line["products"] ?? []) as readonly string[],
    serial: line["serial"] === true,
  };
}
