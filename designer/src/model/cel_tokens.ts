export interface CelToken {
  readonly kind: "name" | "text" | "number" | "symbol" | "end";
  /** A name without its quotes, a text as it is written, with them. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const BLANK = /(?:[ \t\n\f\r]|\/\/[^\n]*)+/y;
const TEXT = /([bB]?[rR]?|[rR][bB])("""|'''|"|')/y;
const NUMBER = /0[xX][0-9a-fA-F]+[uU]?|[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|[0-9]+[uU]?/y;
const NAME = /[_a-zA-Z][_a-zA-Z0-9]*/y;
const QUOTED = /`[a-zA-Z0-9_.\-/ ]+`/y;
const SYMBOL = /&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,(){}[\]]/y;

/**
 * The tokens of an expression in CEL, and a last one of kind "end". Comments and spaces are none.
 * Reading stops before the first character that begins no token, and before a text that is not closed.
 */
export function celTokens(source: string): readonly CelToken[] {
  const tokens: CelToken[] = [];
  let at = taken(BLANK, source, 0);
  for (let next = tokenAt(source, at); next !== null; next = tokenAt(source, at)) {
    tokens.push(next);
    at = taken(BLANK, source, next.to);
  }
  return [...tokens, { kind: "end", text: source.slice(at), from: at, to: at }];
}

function tokenAt(source: string, from: number): CelToken | null {
  const text = textEnd(source, from);
  if (text !== null) return text < 0 ? null : { kind: "text", text: source.slice(from, text), from, to: text };
  for (const [kind, pattern] of KINDS) {
    const to = taken(pattern, source, from);
    if (to > from) return { kind, text: source.slice(from, to).replaceAll("`", ""), from, to };
  }
  return null;
}

const KINDS: readonly (readonly ["name" | "number" | "symbol", RegExp])[] = [
  ["number", NUMBER],
  ["name", NAME],
  ["name", QUOTED],
  ["symbol", SYMBOL],
];

/** Where the text that begins at `from` ends; null when none begins there, -1 when it is not closed. */
function textEnd(source: string, from: number): number | null {
  TEXT.lastIndex = from;
  const opened = TEXT.exec(source);
  if (opened === null) return null;
  const [all, prefix = "", quote = ""] = opened;
  const raw = prefix.toLowerCase().includes("r");
  for (let at = from + all.length; at < source.length; at += 1) {
    if (source.startsWith(quote, at)) return at + quote.length;
    if (source[at] === "\\" && !raw) at += 1;
    else if (source[at] === "\n" && quote.length === 1) return -1;
  }
  return -1;
}

function taken(pattern: RegExp, source: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(source) ? pattern.lastIndex : from;
}
