import type { Json, JsonObject, OrderFacts, PlanField } from "@mendloop/engine";
import { globMatches } from "@mendloop/engine/globs";
import type { Language } from "@mendloop/fields";
import { leastAlbum, madeUpPhoto } from "../scenario/photos.ts";
import { sampleOf } from "./sample.ts";

/** What an answer is thought up from. */
export interface About {
  readonly at: string;
  readonly order: OrderFacts;
  readonly name: string;
  readonly language: Language;
}

type Candidates = (field: PlanField, about: About, given: Json) => readonly Json[];

/** Answers that might do, the likeliest first. What was given already is kept as far as it can be. None where we know of none. */
export function candidatesFor(field: PlanField, about: About, given: Json): readonly Json[] {
  return BY_TYPE[field.type]?.(field, about, given) ?? [];
}

/** What people enter is often the asset's own tag or the order's number. */
const text: Candidates = (field, { language, order }) => {
  const pattern = field.settings["pattern"];
  const usual = [...namedInChecks(field), order.asset, order.number, order.product, "1"];
  return [typeof pattern === "string" ? sampleOf(pattern) : language === "en" ? "Example" : "示例", ...usual];
};

/** The texts with which the field's checks compare. */
function namedInChecks({ checks }: PlanField): readonly string[] {
  return checks.flatMap(({ that }) => [...that.source.matchAll(/"([^"\\]+)"/g)].map(([, named = ""]) => named));
}

const number: Candidates = ({ settings }) => {
  const [min, max] = [numberAt(settings, "min"), numberAt(settings, "max")];
  return [between(min, max), min, max, 1, 0].filter((each) => each !== null);
};

const whole: Candidates = (field, about, given) => number(field, about, given).map((each) => Math.ceil(each as number));

const reading: Candidates = ({ settings }, about, given) => {
  const tolerance = rangeAt(settings, "tolerance");
  const hard = rangeAt(settings, "hard_limit");
  const middle = tolerance === null ? null : between(...tolerance);
  const likely = [numberAt(settings, "norm"), middle, tolerance?.[0] ?? null, tolerance?.[1] ?? null, hard === null ? null : between(...hard), 1, 0];
  const decimals = numberAt(settings, "decimals");
  const rounded = likely.filter((each) => each !== null).map((value) => (decimals === null ? value : Number(value.toFixed(decimals))));
  const value = valueOf(given);
  const reasoned: JsonObject[] = value === null ? [] : [{ value, reason: reasonIn(about.language) }];
  return [...reasoned, ...rounded.map((each) => ({ value: each }))];
};

const choice: Candidates = ({ settings }) => idsAt(settings, "options");

const severalChoices: Candidates = ({ settings }) => {
  const options = idsAt(settings, "options");
  const least = Math.max(1, numberAt(settings, "min") ?? 1);
  return [options.slice(0, least), ...options.map((each) => [each]), options];
};

const day: Candidates = ({ settings }, { at }) => [at.slice(0, 10), settings["min"] ?? null, settings["max"] ?? null].filter((each) => each !== null);
const moment: Candidates = ({ settings }, { at }) => [at, settings["min"] ?? null, settings["max"] ?? null].filter((each) => each !== null);

const photo: Candidates = (field, { at }, given) => {
  const least = leastAlbum(field, at) as Readonly<Record<string, readonly Json[]>>;
  const taken = (given ?? {}) as Readonly<Record<string, readonly Json[]>>;
  return [Object.fromEntries(Object.entries(least).map(([shot, made]) => [shot, [...(taken[shot] ?? []), ...made.slice((taken[shot] ?? []).length)]]))];
};

interface Demand {
  readonly note?: boolean;
  readonly photo?: number;
  readonly reading?: JsonObject | null;
}

const checklist: Candidates = ({ settings }, { language }, given) => {
  const items = (settings["items"] ?? []) as unknown as readonly { readonly id: string; readonly not_ok?: Demand | null }[];
  const before = (given ?? {}) as Readonly<Record<string, JsonObject>>;
  return [Object.fromEntries(items.map(({ id, not_ok: demanded }) => [id, followedUp(before[id] ?? { result: "ok" }, demanded ?? {}, language)]))];
};

function followedUp(result: JsonObject, { note = false, photo: photos = 0, reading: wanted }: Demand, language: Language): JsonObject {
  if (result["result"] !== "not_ok") return result;
  return {
    ...(note ? { note: reasonIn(language) } : {}),
    ...(photos > 0 ? { photos: Array.from({ length: photos }, (_, n) => madeUpPhoto(`finding ${n}`)) } : {}),
    ...(wanted ? { reading: 1 } : {}),
    ...result,
  };
}

const scan: Candidates = (field, { order }) => {
  const expect = field.settings["expect"] ?? null;
  const expected = typeof expect === "object" ? (expect as JsonObject | null)?.["part"] : null;
  const codes = [...(typeof expected === "string" ? [expected] : []), order.asset, ...namedInChecks(field), "CODE-1"];
  return codes.map((code) => [{ code, format: "qr_code", typed: false }]);
};

/** What is required; all that is planned for this product; anything. */
const parts: Candidates = ({ settings }, { order }, given) => {
  const before = ((given ?? []) as readonly JsonObject[]).map((each): JsonObject => ({ serial: "SN-1", ...each }));
  const lines = ((settings["lines"] ?? []) as readonly JsonObject[]).filter((line) => !before.some((each) => each["part"] === line["part"]) && fits(line, order));
  const needed = lines.filter(({ required }) => required === true);
  return [needed, lines, lines.slice(0, 1)].filter((some) => some.length > 0).map((some) => [...before, ...some.map(asUsed)]).concat([[...before, { part: "SCR-M5", quantity: 1, action: "used" }]]);
};

function fits(line: JsonObject, { product }: OrderFacts): boolean {
  const products = (line["products"] ?? []) as readonly string[];
  return products.length === 0 || products.some((glob) => globMatches(glob, product));
}

function asUsed(line: JsonObject): JsonObject {
  return { part: line["part"] ?? "", quantity: line["quantity"] ?? 1, action: "used", ...(line["serial"] === true ? { serial: "SN-1" } : {}) };
}

const signature: Candidates = (_field, { name }) => [{ name, image: madeUpPhoto("signature") }];

const table: Candidates = ({ settings }, about, given) => {
  const columns = (settings["columns"] ?? []) as unknown as readonly PlanField[];
  const fixed = settings["fixed"] as readonly JsonObject[] | null | undefined;
  const before = (given ?? []) as readonly JsonObject[];
  const least = numberAt((settings["rows"] ?? {}) as JsonObject, "min") ?? 1;
  const row = Object.fromEntries(columns.filter(({ value }) => value === null).map((column) => [column.id, candidatesFor(column, about, null)[0] ?? null]));
  return [Array.from({ length: fixed?.length ?? Math.max(1, least, before.length) }, (_, n) => ({ ...row, ...before[n] }))];
};

const BY_TYPE: Readonly<Record<string, Candidates>> = {
  instruction: () => [true], text, long_text: text, integer: whole, number, boolean: () => [true, false], choice, multi_choice: severalChoices, date: day, datetime: moment,
  photo, checklist, reading, scan, parts, signature, table,
};

/** What is written where a reason is asked for. */
export function reasonIn(language: Language): string {
  return language === "en" ? "Tried in the preview" : "试运行";
}

function numberAt(settings: JsonObject, name: string): number | null {
  const value = settings[name];
  return typeof value === "number" ? value : null;
}

function rangeAt(settings: JsonObject, name: string): readonly [number, number] | null {
  const range = settings[name];
  return Array.isArray(range) && range.length === 2 ? (range as unknown as readonly [number, number]) : null;
}

function between(low: number | null, high: number | null): number | null {
  return low !== null && high !== null ? Number(((low + high) / 2).toPrecision(12)) : null;
}

function idsAt(settings: JsonObject, name: string): readonly string[] {
  return ((settings[name] ?? []) as readonly JsonObject[]).map(({ id }) => id as string);
}

function valueOf(given: Json): number | null {
  const value = (given as JsonObject | null)?.["value"];
  return typeof value === "number" ? value : null;
}
