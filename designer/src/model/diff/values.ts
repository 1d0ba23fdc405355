import type { Template } from "../template.generated.ts";
import { hasWords, ownName } from "./names.ts";
import { phrase, type Said } from "./phrase.ts";

/** What a value is part of: its template, and the field or node around it. */
export interface Around {
  readonly template: Template;
  readonly holder: Readonly<Record<string, unknown>>;
}

type Teller = (value: unknown, around: Around) => Said | null;

const RANGES: ReadonlySet<string> = new Set(["tolerance", "soft_limit", "hard_limit"]);
const MEASURES: ReadonlySet<string> = new Set(["norm", "min", "max"]);
const NODES: ReadonlySet<string> = new Set(["start", "to", "exit", "join", "step"]);
const KINDS: Readonly<Record<string, string>> = { kind: "kind", type: "type", level: "level", who: "who", do: "do", severity: "severity", languages: "languages", time: "time" };

/** A value as people would tell it: "0–0.05 mm", "yes", "Measure the shaft". */
export function told(name: string, value: unknown, around: Around): Said {
  for (const teller of TELLERS[typeof value] ?? []) {
    const said = teller(value, { ...around, name } as Around & { readonly name: string });
    if (said !== null) return said;
  }
  return JSON.stringify(value);
}

type Named = Around & { readonly name: string };
const nameOf = (around: Around): string => (around as Named).name;

const TELLERS: Readonly<Partial<Record<string, readonly Teller[]>>> = {
  boolean: [(value) => phrase(value === true ? "yes" : "no")],
  number: [(value, around) => measured(value as number, nameOf(around), around)],
  string: [(value, around) => textSaid(value as string, nameOf(around), around)],
  object: [
    (value) => (value === null ? phrase("nothing") : null),
    (value, around) => (RANGES.has(nameOf(around)) && Array.isArray(value) ? range(value, around) : null),
    (value, around) => (Array.isArray(value) ? value.map((each: unknown) => told(itemsName(nameOf(around)), each, around)) : null),
    (value) => (hasWords(value) ? value : null),
    (value) => (typeof (value as { readonly part?: unknown }).part === "string" ? (value as { readonly part: string }).part : null),
  ],
};

function itemsName(list: string): string {
  return list === "not_same_person_as" || list === "open" || list === "completed" ? "step" : list;
}

function textSaid(text: string, name: string, { template }: Around): Said {
  if (text === "") return phrase("nothing");
  if (NODES.has(name)) return ownName(template.nodes[text], text);
  if (name === "role") return ownName(template.roles[text], text);
  const kind = KINDS[name];
  return kind === undefined ? text : phrase(`${kind}.${text}`);
}

function measured(value: number, name: string, { holder }: Around): Said {
  if (name === "standard_minutes") return phrase("minutes", { count: value });
  if (RANGES.has(name)) return `≤ ${withUnit(String(value), holder)}`;
  return MEASURES.has(name) ? withUnit(String(value), holder) : value;
}

/** "0–0.05 mm", "≥ 2 bar": null is an open end. */
function range([low, high]: readonly unknown[], { holder }: Around): Said {
  if (typeof low === "number" && typeof high === "number") return withUnit(`${low}–${high}`, holder);
  if (typeof low === "number") return `≥ ${withUnit(String(low), holder)}`;
  return typeof high === "number" ? `≤ ${withUnit(String(high), holder)}` : phrase("nothing");
}

function withUnit(text: string, holder: Around["holder"]): string {
  return typeof holder["unit"] === "string" && holder["unit"] !== "" ? `${text} ${holder["unit"]}` : text;
}
