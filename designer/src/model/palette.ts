import type { FieldType } from "./beginnings.ts";
import type { NodeKind } from "./new_nodes.ts";
import type { Words } from "./template.generated.ts";

/** Kinds of nodes that people place; a join comes with its parallel, and alone where one was lost. */
export const NODE_KINDS: readonly NodeKind[] = ["step", "choice", "parallel", "join", "end"];

export const KIND_NAMES: Readonly<Record<NodeKind, Words>> = {
  step: { "zh-CN": "步骤", en: "Step" },
  choice: { "zh-CN": "判断", en: "Choice" },
  parallel: { "zh-CN": "并行", en: "Parallel" },
  join: { "zh-CN": "汇合", en: "Join" },
  end: { "zh-CN": "结束", en: "End" },
};

/** Types of fields as people look for them: what a repair lives by first. */
export const FIELD_GROUPS: readonly { readonly key: string; readonly name: Words; readonly types: readonly FieldType[] }[] = [
  { key: "repair", name: { "zh-CN": "维修作业", en: "For repairs" }, types: ["instruction", "checklist", "reading", "photo", "safety_gate", "parts", "scan", "signature"] },
  { key: "answers", name: { "zh-CN": "填写", en: "Answers" }, types: ["text", "long_text", "integer", "number", "boolean", "choice", "multi_choice", "date", "datetime"] },
  { key: "more", name: { "zh-CN": "更多", en: "More" }, types: ["table"] },
];

export const FIELD_TYPES: readonly FieldType[] = FIELD_GROUPS.flatMap(({ types }) => types);

/** Types that can be computed, have a default, and can be columns of a table. */
export const SIMPLE_TYPES: ReadonlySet<FieldType> = new Set<FieldType>([
  "text", "long_text", "integer", "number", "boolean", "choice", "multi_choice", "date", "datetime", "reading",
]);
