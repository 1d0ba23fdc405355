import { sameJson } from "./json.ts";
import type { Field, Template, Words } from "./template.generated.ts";
import { tonguesIn } from "./tongues.ts";
import { isFirstWord } from "./untouched.ts";

/** What new fields and items begin with: enough to be understood, little to be deleted. */

export type FieldType = Field["type"];

export const FIELD_NAMES: Readonly<Record<FieldType, Words>> = {
  instruction: { "zh-CN": "作业指导", en: "Instruction" },
  checklist: { "zh-CN": "检查表", en: "Checklist" },
  reading: { "zh-CN": "测量", en: "Reading" },
  photo: { "zh-CN": "拍照", en: "Photos" },
  safety_gate: { "zh-CN": "安全锁定", en: "Safety gate" },
  parts: { "zh-CN": "备件", en: "Parts" },
  scan: { "zh-CN": "扫码", en: "Scan" },
  signature: { "zh-CN": "签名", en: "Signature" },
  text: { "zh-CN": "文本", en: "Text" },
  long_text: { "zh-CN": "多行文本", en: "Long text" },
  integer: { "zh-CN": "整数", en: "Whole number" },
  number: { "zh-CN": "数值", en: "Number" },
  boolean: { "zh-CN": "是/否", en: "Yes or no" },
  choice: { "zh-CN": "单选", en: "Choice" },
  multi_choice: { "zh-CN": "多选", en: "Several choices" },
  date: { "zh-CN": "日期", en: "Date" },
  datetime: { "zh-CN": "日期时间", en: "Date and time" },
  table: { "zh-CN": "表格", en: "Table" },
};

/** Lists whose items have an id, and what a new item is called. */
const LABELLED: Readonly<Record<string, Words>> = {
  items: { "zh-CN": "检查项", en: "Item" },
  shots: { "zh-CN": "照片", en: "Photo" },
  points: { "zh-CN": "隔离点", en: "Isolation point" },
  options: { "zh-CN": "选项", en: "Option" },
  fixed: { "zh-CN": "行", en: "Row" },
  pause_reasons: { "zh-CN": "暂停原因", en: "Reason" },
};

/**
 * A field of the type as it begins: it may be published as it is, and says by its words what to fill in. Only the unit of a reading nobody can know: a
 * wrong one would be measured in, so it is asked for.
 */
export function newField(type: FieldType, id: string): Field {
  return { id, type, label: FIELD_NAMES[type], ...SETTINGS[type] } as Field;
}

/** The field with the unit of the last reading before it in its step: what is measured one after the other is often measured alike. */
export function measuredLike(field: Field, before: readonly Field[]): Field {
  const unit = before.findLast((other) => other.type === "reading")?.unit;
  return field.type === "reading" && unit !== undefined ? { ...field, unit } : field;
}

type SettingsOf<T extends FieldType> = Omit<Extract<Field, { readonly type: T }>, "id" | "type" | "label">;

const SETTINGS: { readonly [T in FieldType]: T extends "reading" ? object : SettingsOf<T> } = {
  instruction: { text: { "zh-CN": "写明要做什么、怎么做、做到什么程度。", en: "Say what to do, how, and when it is good enough." } },
  checklist: { items: [numbered("items", "item", 1)] },
  reading: {},
  photo: { shots: [numbered("shots", "shot", 1)] },
  safety_gate: { points: [numbered("points", "point", 1)] },
  parts: { lines: [] },
  scan: {},
  signature: { meaning: { "zh-CN": "确认以上内容属实。", en: "I confirm that the above is true." } },
  text: {},
  long_text: {},
  integer: {},
  number: {},
  boolean: {},
  choice: { options: [numbered("options", "option", 1), numbered("options", "option", 2)] },
  multi_choice: { options: [numbered("options", "option", 1), numbered("options", "option", 2)] },
  date: {},
  datetime: {},
  table: { columns: [{ id: "what", type: "text", label: { "zh-CN": "内容", en: "What" } }] },
};

/** The id that new items of a list begin with; null where items have none. */
export const ITEM_IDS: Readonly<Record<string, string>> = {
  items: "item", shots: "shot", points: "point", options: "option", fixed: "row", pause_reasons: "reason", columns: "column",
};

/** An item with id and label, the label with its number in the list. */
export function numbered(list: string, id: string, number: number): { readonly id: string; readonly label: Words } {
  const label = Object.entries(LABELLED[list] ?? {}).map(([language, word]) => [language, `${word} ${number}`]);
  return { id: `${id}_${number}`, label: Object.fromEntries(label) as Words };
}

/** How most steps begin, ready made. */
export const USUAL = [
  { type: "photo", word: "photo_before", label: { "zh-CN": "维修前照片", en: "Before the repair" }, path: "shots", value: [{ id: "front", label: { "zh-CN": "正面", en: "Front" } }, { id: "plate", label: { "zh-CN": "铭牌", en: "Name plate" } }] },
  { type: "checklist", word: "checklist", label: { "zh-CN": "检查", en: "Checks" }, path: "items", value: [{ id: "clean", label: { "zh-CN": "外观清洁、无破损", en: "Clean, nothing broken" } }, { id: "tight", label: { "zh-CN": "紧固件无松动", en: "Nothing loose" } }] },
  { type: "reading", word: "reading", label: { "zh-CN": "测量值", en: "Measured value" } },
] as const;

/** What the items of new lists are called. */
const SAMPLES: readonly Words[] = [...Object.values(LABELLED), ...USUAL.flatMap((usual) => ("value" in usual ? usual.value.map(({ label }) => label) : []))];

/** Every word that fields and what is in them begin with, without numbers. */
export const FIRST_WORDS: readonly Words[] = [
  ...Object.values(FIELD_NAMES), ...SAMPLES, ...USUAL.map(({ label }) => label), SETTINGS.instruction.text, SETTINGS.signature.meaning ?? {}, { "zh-CN": "内容", en: "What" },
];

/** True of an item as new lists begin with one in all languages of the template: "Item 1", and nothing set. */
export function isSample(item: unknown, template: Pick<Template, "languages"> = {}): boolean {
  const { id, label, ...others } = (item ?? {}) as { readonly id?: unknown; readonly label?: Words };
  if (id === undefined || Object.keys(others).length > 0 || typeof label !== "object" || !isFirstWord(label, SAMPLES)) return false;
  return sameJson(Object.keys(label).sort(), [...tonguesIn(template)].sort());
}
