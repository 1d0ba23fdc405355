import { type CelToken, celTokens } from "../model/cel_tokens.ts";

/** What a comparison compares with. Texts and numbers as people write them; another path where two answers are compared. */
export type Operand =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "texts"; readonly values: readonly string[] }
  /** As it is written: `0.05`, `-3`. */
  | { readonly kind: "number"; readonly value: string }
  | { readonly kind: "path"; readonly value: string }
  | { readonly kind: "hours"; readonly value: string };

export type Sign = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type Op =
  | Sign
  | "is_true" | "is_false" | "has" | "has_not"
  | "contains" | "starts" | "ends" | "matches" | "contains_not" | "starts_not" | "ends_not" | "matches_not"
  | "one_of" | "none_of" | "holds" | "holds_not"
  | `size${Sign}` | "visited" | "not_visited"
  | "used" | "not_used"
  | "longer_ago" | "less_ago";

/** One comparison: what is looked at, how, and with what. */
export interface Leaf {
  readonly path: string;
  readonly op: Op;
  readonly right: Operand | null;
}

const SIGNS: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);
const METHODS: Readonly<Record<string, "contains" | "starts" | "ends" | "matches">> = { contains: "contains", startsWith: "starts", endsWith: "ends", matches: "matches" };
const FUNCTION: Readonly<Record<string, string>> = { contains: "contains", starts: "startsWith", ends: "endsWith", matches: "matches" };
const NEGATED: Readonly<Partial<Record<Op, Op>>> = {
  is_true: "is_false", has: "has_not", contains: "contains_not", starts: "starts_not", ends: "ends_not", matches: "matches_not",
  one_of: "none_of", holds: "holds_not", used: "not_used",
};

/** The comparison that `source` says; null when it says more than one row can show. */
export function leafOf(source: string): Leaf | null {
  const tokens = celTokens(source);
  if (tokens.at(-1)?.text !== "") return null;
  return read(stripped(tokens.slice(0, -1)));
}

function read(tokens: readonly CelToken[]): Leaf | null {
  if (tokens[0]?.text === "!") return negated(read(stripped(tokens.slice(1))), tokens);
  return sized(tokens) ?? ago(tokens) ?? membership(tokens) ?? compared(tokens);
}

/** `!x < 3` would be `(!x) < 3`: what is negated is one name, one call, or in brackets. */
function negated(leaf: Leaf | null, tokens: readonly CelToken[]): Leaf | null {
  const opposite = leaf === null ? undefined : NEGATED[leaf.op];
  const isWhole = tokens[1]?.text === "(" || leaf?.op !== "one_of" && leaf?.op !== "holds";
  return leaf === null || opposite === undefined || !isWhole ? null : { ...leaf, op: opposite };
}

/** Brackets around everything say nothing. */
export function stripped(tokens: readonly CelToken[]): readonly CelToken[] {
  if (tokens[0]?.text !== "(" || closing(tokens, 0) !== tokens.length - 1) return tokens;
  return stripped(tokens.slice(1, -1));
}

const OPENS: ReadonlySet<string> = new Set(["(", "[", "{"]);
const CLOSES: ReadonlySet<string> = new Set([")", "]", "}"]);

/** The place of the bracket that closes the one at `at`; -1 when none does. */
function closing(tokens: readonly CelToken[], at: number): number {
  let depth = 0;
  for (let place = at; place < tokens.length; place += 1) {
    const token = tokens[place];
    if (token?.kind !== "symbol") continue;
    if (OPENS.has(token.text)) depth += 1;
    if (CLOSES.has(token.text)) depth -= 1;
    if (depth === 0) return place;
  }
  return -1;
}

/** A path that begins at `at`, and where it ends: names with dots between, and places in lists. */
function pathAt(tokens: readonly CelToken[], at: number): { readonly path: string; readonly end: number } | null {
  const first = tokens[at];
  if (first?.kind !== "name" || RESERVED.has(first.text)) return null;
  let path = first.text;
  let end = at + 1;
  for (let more = memberAt(tokens, end); more !== null; more = memberAt(tokens, end)) {
    path += more.text;
    end += more.length;
  }
  return textAt(tokens, end) === "(" ? null : { path, end };
}

/** `.name` or `[0]` at a place. A name that is called is none: `.startsWith(`. */
function memberAt(tokens: readonly CelToken[], at: number): { readonly text: string; readonly length: number } | null {
  const [sign, inside] = tokens.slice(at, at + 2);
  const after = textAt(tokens, at + 2);
  if (sign?.text === "." && inside?.kind === "name") return after === "(" ? null : { text: `.${inside.text}`, length: 2 };
  return sign?.text === "[" && inside?.kind === "number" && after === "]" ? { text: `[${inside.text}]`, length: 3 } : null;
}

function textAt(tokens: readonly CelToken[], at: number): string {
  return tokens.at(at)?.text ?? "";
}

const RESERVED: ReadonlySet<string> = new Set(["true", "false", "null", "in"]);

function wholePath(tokens: readonly CelToken[]): string | null {
  const found = pathAt(tokens, 0);
  return found !== null && found.end === tokens.length ? found.path : null;
}

/** What stands in the brackets of `name(…)`, when that is all there is. */
function argumentOf(tokens: readonly CelToken[], name: string): readonly CelToken[] | null {
  if (tokens[0]?.text !== name || tokens[1]?.text !== "(" || closing(tokens, 1) !== tokens.length - 1) return null;
  return tokens.slice(2, -1);
}

function sized(tokens: readonly CelToken[]): Leaf | null {
  const sign = tokens.at(-2);
  const count = tokens.at(-1);
  if (sign === undefined || count?.kind !== "number" || !/^\d+$/.test(count.text) || !SIGNS.has(sign.text)) return null;
  const counted = argumentOf(tokens.slice(0, -2), "size");
  const path = counted === null ? null : wholePath(counted);
  if (path === null) return null;
  const visits = /^visits\.\w+$/.test(path) ? `${sign.text}${count.text}` : "";
  if (visits === ">0" || visits === ">=1") return { path, op: "visited", right: null };
  if (visits === "==0") return { path, op: "not_visited", right: null };
  return { path, op: `size${sign.text as Sign}`, right: { kind: "number", value: count.text } };
}

const SINCE: Readonly<Record<string, Op>> = { ">": "longer_ago", "<": "less_ago" };

function ago(tokens: readonly CelToken[]): Leaf | null {
  const since = textAt(tokens, 0) === "now" && textAt(tokens, 1) === "-" ? pathAt(tokens, 2) : null;
  if (since === null) return null;
  const op = SINCE[textAt(tokens, since.end)];
  const value = hoursOf(argumentOf(tokens.slice(since.end + 1), "duration") ?? []);
  return op === undefined || value === null ? null : { path: since.path, op, right: { kind: "hours", value } };
}

function hoursOf(tokens: readonly CelToken[]): string | null {
  const [span] = tokens;
  const text = span === undefined || tokens.length > 1 ? null : textOf(span);
  return /^(\d+(?:\.\d+)?)h$/.exec(text ?? "")?.[1] ?? null;
}

function membership(tokens: readonly CelToken[]): Leaf | null {
  const tested = argumentOf(tokens, "has");
  const path = tested === null ? null : wholePath(tested);
  if (path !== null && /[.\w]$/.test(path)) return { path, op: "has", right: null };
  const [first, second] = tokens;
  if (first?.kind === "text" && second?.text === "in") {
    const holder = wholePath(tokens.slice(2));
    const value = textOf(first);
    return holder === null || value === null ? null : { path: holder, op: "holds", right: { kind: "text", value } };
  }
  return oneOf(tokens) ?? called(tokens) ?? usedPart(tokens);
}

function oneOf(tokens: readonly CelToken[]): Leaf | null {
  const left = pathAt(tokens, 0);
  if (left === null || tokens[left.end]?.text !== "in" || tokens[left.end + 1]?.text !== "[" || tokens.at(-1)?.text !== "]") return null;
  const listed = tokens.slice(left.end + 2, -1);
  const values = listed.filter((_, place) => place % 2 === 0).map(textOf);
  const commas = listed.filter((_, place) => place % 2 === 1);
  if (values.length === 0 || values.length !== commas.length + 1 || commas.some(({ text }) => text !== ",")) return null;
  return values.includes(null) ? null : { path: left.path, op: "one_of", right: { kind: "texts", values: values.filter((value) => value !== null) } };
}

function called(tokens: readonly CelToken[]): Leaf | null {
  const op = METHODS[textAt(tokens, -4)];
  const argument = tokens.at(-2);
  if (op === undefined || argument === undefined || [-5, -3, -1].map((at) => textAt(tokens, at)).join("") !== ".()") return null;
  const path = wholePath(tokens.slice(0, -5));
  const value = textOf(argument);
  return path === null || value === null ? null : { path, op, right: { kind: "text", value } };
}

/** `used.exists(line, line.part == "P")`. */
function usedPart(tokens: readonly CelToken[]): Leaf | null {
  const texts = tokens.map(({ text }) => text);
  const at = texts.indexOf("exists");
  const variable = texts[at + 2];
  if (at < 2 || texts.slice(at - 1).length !== 11 || variable === undefined) return null;
  const wanted = [".", "exists", "(", variable, ",", variable, ".", "part", "=="];
  const part = tokens.at(-2);
  if (wanted.some((text, place) => texts[at - 1 + place] !== text) || part?.kind !== "text" || texts.at(-1) !== ")") return null;
  const path = wholePath(tokens.slice(0, at - 1));
  const value = textOf(part);
  return path === null || value === null ? null : { path, op: "used", right: { kind: "text", value } };
}

function compared(tokens: readonly CelToken[]): Leaf | null {
  const left = pathAt(tokens, 0);
  if (left === null) return null;
  if (left.end === tokens.length) return { path: left.path, op: "is_true", right: null };
  const sign = tokens[left.end];
  const right = operandOf(tokens.slice(left.end + 1));
  if (sign?.kind !== "symbol" || !SIGNS.has(sign.text) || right === null) return null;
  return { path: left.path, op: sign.text as Sign, right };
}

function operandOf(tokens: readonly CelToken[]): Operand | null {
  const number = numberOf(tokens);
  if (number !== null) return { kind: "number", value: number };
  const [first] = tokens;
  const text = tokens.length === 1 && first !== undefined ? textOf(first) : null;
  if (text !== null) return { kind: "text", value: text };
  const path = wholePath(tokens);
  return path === null ? null : { kind: "path", value: path };
}

function numberOf(tokens: readonly CelToken[]): string | null {
  const isNegative = tokens.length === 2 && textAt(tokens, 0) === "-";
  const number = tokens.at(-1);
  if (number?.kind !== "number" || (tokens.length !== 1 && !isNegative)) return null;
  return isNegative ? `-${number.text}` : number.text;
}

/** What a text literal says; null for one whose escapes only an engine should read. */
function textOf(token: CelToken): string | null {
  if (token.kind !== "text") return null;
  const [, quote = "", inside = ""] = /^("|')([^]*)\1$/.exec(token.text) ?? [];
  if (quote === "" || inside.startsWith(quote + quote) || /\\[^\\"'n]/.test(inside)) return null;
  return inside.replace(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign));
}

/** `text` as CEL writes it. */
export function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

/** The comparison in CEL; null while it is not complete. */
export function celOf({ path, op, right }: Leaf): string | null {
  if (path === "") return null;
  const plain = { is_true: path, is_false: `!${path}`, has: `has(${path})`, has_not: `!has(${path})`, visited: `size(${path}) > 0`, not_visited: `size(${path}) == 0` } as Partial<Record<Op, string>>;
  return plain[op] ?? withRight(path, op, right);
}

function withRight(path: string, op: Op, right: Operand | null): string | null {
  const value = right === null ? null : operandCel(right);
  if (value === null) return null;
  if (SIGNS.has(op)) return `${path} ${op} ${value}`;
  if (op.startsWith("size")) return `size(${path}) ${op.slice(4)} ${value}`;
  if (op === "longer_ago" || op === "less_ago") return `now - ${path} ${op === "longer_ago" ? ">" : "<"} ${value}`;
  return inBrackets(path, op, value);
}

function inBrackets(path: string, op: Op, value: string): string {
  const isNot = op.endsWith("_not") || op === "none_of" || op === "not_used";
  const method = FUNCTION[op.replace(/_not$/, "")];
  if (method !== undefined) return `${isNot ? "!" : ""}${path}.${method}(${value})`;
  if (op === "used" || op === "not_used") return `${isNot ? "!" : ""}${path}.exists(line, line.part == ${value})`;
  const inside = op === "holds" || op === "holds_not" ? `${value} in ${path}` : `${path} in ${value}`;
  return isNot ? `!(${inside})` : inside;
}

function operandCel(right: Operand): string | null {
  switch (right.kind) {
    case "text": return quoted(right.value);
    case "texts": return right.values.length === 0 ? null : `[${right.values.map(quoted).join(", ")}]`;
    case "number": return /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(right.value) ? right.value : null;
    case "path": return right.value === "" ? null : right.value;
    case "hours": return /^\d+(\.\d+)?$/.test(right.value) ? `duration("${right.value}h")` : null;
  }
}
