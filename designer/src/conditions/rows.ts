import { type CelToken, celTokens } from "../model/cel_tokens.ts";
import { celOf, type Leaf, leafOf, stripped } from "./leaf.ts";

/** One row: a comparison, or, where that says too little, an expression as it is written. */
export interface Row {
  readonly kind: "row";
  readonly source: string;
  readonly leaf: Leaf | null;
}

/** Rows of which all must hold, or any. */
export interface Group {
  readonly kind: "group";
  readonly all: boolean;
  readonly parts: readonly Part[];
}

export type Part = Row | Group;

/**
 * An expression as rows. Nothing is lost: what rows cannot say stays as it is written, in a row of its own.
 * Null when it cannot be taken apart: it does not parse, or a comment stands between its parts.
 */
export function groupOf(source: string): Group | null {
  const tokens = celTokens(source);
  if (tokens.at(-1)?.text !== "" || !isBalanced(tokens)) return null;
  if (outside(source, tokens).includes("//")) return null;
  const part = partOf(source, tokens.slice(0, -1));
  return part.kind === "group" ? part : { kind: "group", all: true, parts: source.trim() === "" ? [] : [part] };
}

/** The rows in CEL; null while one of them is not complete, or when there is none. */
export function sourceOf(part: Part): string | null {
  if (part.kind === "row") return part.leaf === null ? part.source : celOf(part.leaf);
  const sources = part.parts.map((inner) => {
    const source = sourceOf(inner);
    return source !== null && needsBrackets(inner, source, part) ? `(${source})` : source;
  });
  return sources.length === 0 || sources.includes(null) ? null : sources.join(part.all ? " && " : " || ");
}

/** A group of one row needs none, and neither does what is split where the other group would be split. */
function needsBrackets(inner: Part, source: string, outer: Group): boolean {
  if (outer.parts.length === 1) return false;
  if (inner.kind === "group") return inner.parts.length > 1;
  return inner.leaf === null && splits(source, ["?", "||", "&&"]);
}

function splits(source: string, signs: readonly string[]): boolean {
  return signs.some((sign) => splitAt(celTokens(source).slice(0, -1), sign).length > 1);
}

function partOf(source: string, tokens: readonly CelToken[]): Part {
  const inside = stripped(tokens);
  if (splitAt(inside, "?").length > 1) return rowOf(source, tokens);
  for (const [sign, all] of [["||", false], ["&&", true]] as const) {
    const pieces = splitAt(inside, sign);
    if (pieces.length > 1) return { kind: "group", all, parts: pieces.map((piece) => partOf(source, piece)) };
  }
  return rowOf(source, tokens);
}

function rowOf(source: string, tokens: readonly CelToken[]): Row {
  const text = source.slice(tokens[0]?.from ?? 0, tokens.at(-1)?.to ?? 0);
  return { kind: "row", source: text, leaf: leafOf(text) };
}

/** Split where `sign` stands in no brackets. */
function splitAt(tokens: readonly CelToken[], sign: string): readonly (readonly CelToken[])[] {
  const pieces: CelToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += depthOf(token);
    if (depth === 0 && token.kind === "symbol" && token.text === sign) pieces.push([]);
    else pieces.at(-1)?.push(token);
  }
  return pieces;
}

function depthOf({ kind, text }: CelToken): number {
  if (kind !== "symbol") return 0;
  return /^[([{]$/.test(text) ? 1 : /^[)\]}]$/.test(text) ? -1 : 0;
}

function isBalanced(tokens: readonly CelToken[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    depth += depthOf(token);
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** What stands between the tokens: spaces and comments. */
function outside(source: string, tokens: readonly CelToken[]): string {
  let text = "";
  let at = 0;
  for (const { from, to } of tokens) { text += source.slice(at, from); at = to; }
  return text + source.slice(at);
}
