import type { Leaf, Op, Operand } from "./leaf.ts";

/** What kind of answer a path gives, as far as comparing goes. */
export type Kind = "bool" | "number" | "text" | "texts" | "list" | "time" | "visit" | "parts" | "any";

const SIGNS = ["==", "!=", "<", "<=", ">", ">="] as const;
const COUNTS = ["size==", "size!=", "size<", "size<=", "size>", "size>="] as const;
const PRESENCE = ["has", "has_not"] as const;

const OPS: Readonly<Record<Kind, readonly Op[]>> = {
  bool: ["is_true", "is_false", ...PRESENCE],
  number: [...SIGNS, ...PRESENCE],
  text: ["==", "!=", "one_of", "none_of", "contains", "contains_not", "starts", "starts_not", "ends", "ends_not", "matches", "matches_not", ...PRESENCE],
  texts: ["holds", "holds_not", ...COUNTS, ...PRESENCE],
  list: [...COUNTS, ...PRESENCE],
  time: ["longer_ago", "less_ago", ...PRESENCE],
  visit: ["visited", "not_visited", ...COUNTS],
  parts: ["used", "not_used", ...COUNTS],
  any: PRESENCE,
};

/** A type as the server writes it: `"double"`, `{"list": "string"}`, `{"object": {...}}`. */
export type CelType = string | Readonly<Record<string, unknown>>;

export function kindOf(path: string, type: CelType | null): Kind {
  if (/^visits\.\w+$/.test(path)) return "visit";
  if (type === null) return "any";
  if (typeof type !== "string") return kindOfMany(type);
  return { bool: "bool", int: "number", uint: "number", double: "number", string: "text", timestamp: "time" }[type] as Kind | undefined ?? "any";
}

function kindOfMany(type: Readonly<Record<string, unknown>>): Kind {
  const element = type["list"];
  if (element === undefined) return "any";
  if (element === "string") return "texts";
  const members = (element as { object?: Readonly<Record<string, unknown>> }).object;
  return members !== undefined && "part" in members ? "parts" : "list";
}

/** The comparisons that fit; the one in use is among them in any case. */
export function opsFor(kind: Kind, now: Op | null): readonly Op[] {
  const fitting = OPS[kind];
  return now === null || fitting.includes(now) ? fitting : [now, ...fitting];
}

/** What stands at the right of a comparison; null: nothing. */
export function rightKind(op: Op, kind: Kind): Operand["kind"] | null {
  if (/^(is_|has|visited|not_visited)/.test(op)) return null;
  if (op === "one_of" || op === "none_of") return "texts";
  if (op === "longer_ago" || op === "less_ago") return "hours";
  if (op.startsWith("size") || kind === "number") return "number";
  return "text";
}

/** The same row with another comparison; what was compared with stays where it still fits. */
export function withOp(leaf: Leaf, op: Op, kind: Kind): Leaf {
  const wanted = rightKind(op, kind);
  return { ...leaf, op, right: wanted === null ? null : fitted(leaf.right, wanted) };
}

function fitted(right: Operand | null, wanted: Operand["kind"]): Operand | null {
  if (right === null || right.kind === wanted) return right;
  if (right.kind === "path") return wanted === "text" || wanted === "number" ? right : null;
  if (right.kind === "text" && wanted === "texts") return { kind: "texts", values: right.value === "" ? [] : [right.value] };
  const only = right.kind === "texts" && wanted === "text" ? right.values[0] : undefined;
  return only === undefined ? null : { kind: "text", value: only };
}

/** A row for a path that was just chosen, with the comparison that is meant most often. */
export function leafFor(path: string, kind: Kind): Leaf {
  const op = OPS[kind][0] ?? "has";
  return { path, op: kind === "number" ? ">" : op, right: null };
}
