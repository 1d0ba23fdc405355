import type { Draft, Node } from "../../src/model/index.ts";
import { draftOf } from "./edits.cast.ts";

export const NODES = 2_000;

/** A flow of 2,000 steps with six fields each. */
export function long(): Draft {
  const nodes = Object.fromEntries(Array.from({ length: NODES }, (_, index): [string, Node] => [`n${index}`, {
    kind: "step", role: "engineer", title: { "zh-CN": `步骤 ${index}`, en: `Step ${index}` },
    fields: Array.from({ length: 6 }, (_none, field) => ({ id: `f${field}`, type: "text", label: { "zh-CN": "字段", en: "Field" } })),
    next: [{ to: `n${Math.min(index + 1, NODES - 1)}` }],
  }]));
  return draftOf({ format: 1, key: "long", title: { en: "Long" }, roles: { engineer: {} }, start: "n0", nodes });
}
