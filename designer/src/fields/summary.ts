import type { Words } from "@mendloop/engine";
import { type Field, fieldsOf, type Template } from "../model/index.ts";
import { read, say, type Word } from "../words/index.ts";
import type { FieldType } from "./types.ts";

type Of<T extends FieldType> = Extract<Field, { readonly type: T }>;
type Teller = { readonly [T in FieldType]: (field: Of<T>, template: Pick<Template, "nodes">) => readonly string[] };

const LONGEST = 90;
const SHOWN = 3;

/** What a closed card says of its field: what it lives by, in one line of words. Empty when there is nothing to say. */
export function summaryOf(field: Field, template: Pick<Template, "nodes"> = { nodes: {} }): string {
  const told = (TELL[field.type] as (field: Field, template: Pick<Template, "nodes">) => readonly string[])(field, template);
  return listed([...("value" in field ? [say("fields.computed")] : []), ...told]);
}

const TELL: Teller = {
  instruction: ({ text, safety = [], pictures = [], confirm }) => [
    shortened(firstLine(text)), ...some("note", safety.length), ...some("picture", pictures.length), ...when(confirm, "fields.sum_confirm"),
  ],
  text: tellText,
  long_text: tellText,
  integer: ({ min, max, unit }) => [rangeText(min, max, unit)],
  number: ({ min, max, unit }) => [rangeText(min, max, unit)],
  boolean: () => [],
  choice: ({ options }) => [named(options)],
  multi_choice: ({ options, min, max }) => [named(options), ...(min ?? max) === undefined ? [] : [say("fields.sum_choose", { range: rangeText(min, max, "") })]],
  date: ({ min, max }) => [between(min, max)],
  datetime: ({ min, max }) => [between(min, max)],
  photo: tellPhoto,
  checklist: tellChecklist,
  reading: tellReading,
  safety_gate: tellGate,
  scan: ({ expect, multiple }) => [expectation(expect), ...when(multiple, "fields.sum_several")],
  parts: tellParts,
  signature: ({ who = "worker", meaning }) => [say(`fields.who_${who}`), shortened(read(meaning))],
  table: tellTable,
};

function tellText({ max_length: most, pattern, placeholder }: Of<"text" | "long_text">): readonly string[] {
  const example = read(placeholder);
  return [
    ...(example === "" ? [] : [say("fields.sum_example", { example: shortened(example) })]),
    ...(most === undefined ? [] : [say("fields.sum_length", { count: most })]),
    ...when(pattern !== undefined, "fields.sum_pattern"),
  ];
}

function tellPhoto({ shots, camera_only: isCameraOnly }: Of<"photo">): readonly string[] {
  return [...some("shot", shots.length, true), ...some("pair", shots.filter(({ pair }) => pair !== undefined).length), ...when(isCameraOnly, "fields.sum_camera_only")];
}

function tellChecklist({ items }: Of<"checklist">): readonly string[] {
  const demands = items.map(({ not_ok: demand = {} }) => demand);
  return [
    ...some("item", items.length, true),
    ...some("demand_photo", demands.filter(({ photo = 0 }) => photo > 0).length),
    ...some("demand_note", demands.filter(({ note }) => note === true).length),
    ...some("demand_reading", demands.filter(({ reading }) => reading !== undefined).length),
  ];
}

function tellReading({ unit = "", norm, tolerance, soft_limit: soft }: Partial<Of<"reading">>): readonly string[] {
  const range = rangeText(tolerance?.[0], tolerance?.[1], unit);
  return [
    unit === "" ? say("fields.sum_no_unit") : range === "" || range === unit ? say("fields.sum_no_tolerance", { unit }) : range,
    ...(norm === undefined ? [] : [say("fields.sum_norm", { norm })]),
    ...(soft === undefined ? [] : [say("fields.sum_soft", { limit: typeof soft === "number" ? String(soft) : rangeText(soft[0], soft[1], "") })]),
  ];
}

/** The gate as people call it: its step and its label, as far as they are there. */
function removed(gate: string, { nodes }: Pick<Template, "nodes">): string {
  const [node = "", field = ""] = gate.split(".");
  const found = fieldsOf(nodes[node]).find(({ id }) => id === field);
  return [read(nodes[node]?.title) || node, read(found?.label) || field].join(" › ");
}

function tellGate({ points = [], photo, second_person: isSecond, removes }: Of<"safety_gate">, template: Pick<Template, "nodes">): readonly string[] {
  if (removes !== undefined) return [say("fields.sum_removes", { gate: removed(removes, template) })];
  return [...some("point", points.length, true), ...when(photo, "fields.sum_lock_photo"), ...when(isSecond, "fields.sum_second_person")];
}

function tellParts({ lines = [], allow_other: others = true }: Of<"parts">): readonly string[] {
  return [
    ...(lines.length === 0 ? [say("fields.sum_no_parts")] : some("line", lines.length)),
    ...some("required", lines.filter(({ required }) => required === true).length),
    ...when(!others, "fields.sum_no_others"),
  ];
}

function tellTable({ columns, fixed, rows }: Of<"table">): readonly string[] {
  const range = rangeText(rows?.min, rows?.max, "");
  return [
    ...some("column", columns.length, true),
    ...(fixed === undefined ? [range === "" ? say("fields.sum_rows_added") : say("fields.sum_rows", { range })] : some("row", fixed.length)),
  ];
}

function expectation(expect: Of<"scan">["expect"]): string {
  if (expect === undefined) return say("fields.sum_any_code");
  return typeof expect === "string" ? say("fields.sum_expect_asset") : say("fields.sum_expect_part", { part: expect.part });
}

/** "0–0.05 mm", "≤ 5", "≥ 0 °C"; empty when neither end is given. */
export function rangeText(low: number | null | undefined, high: number | null | undefined, unit: string | undefined): string {
  const [from, to] = [low ?? null, high ?? null];
  const range = from === null ? (to === null ? "" : `≤ ${to}`) : to === null ? `≥ ${from}` : from < 0 || to < 0 ? `${from} … ${to}` : `${from}–${to}`;
  return [range, unit ?? ""].filter((part) => part !== "").join(" ");
}

function between(min: string | undefined, max: string | undefined): string {
  return [min === undefined ? "" : `≥ ${min}`, max === undefined ? "" : `≤ ${max}`].filter((part) => part !== "").join(" ");
}

function named(options: readonly { readonly id: string; readonly label?: Words }[]): string {
  const names = options.slice(0, SHOWN).map(({ id, label }) => read(label) || id).join(" / ");
  return options.length > SHOWN ? say("fields.sum_and_more", { names, count: options.length - SHOWN }) : names;
}

type Countable = "note" | "picture" | "shot" | "pair" | "item" | "demand_photo" | "demand_note" | "demand_reading" | "point" | "line" | "required" | "column" | "row";

function some(what: Countable, count: number, evenNone = false): readonly string[] {
  if (count === 0 && !evenNone) return [];
  const key: Word = count === 1 ? `fields.one_${what}` : `fields.some_${what}`;
  return [say(key, { count })];
}

function when(holds: boolean | undefined, key: Word): readonly string[] {
  return holds === true ? [say(key)] : [];
}

function listed(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(say("fields.comma"));
}

function firstLine(words: Words): string {
  return (read(words).trim().split("\n")[0] ?? "").replace(/[.。;；:：,，、\s]+$/u, "");
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text;
}
