import { type CelToken, celTokens } from "./cel_tokens.ts";

/** Where an expression stands: in which node, and in the columns of which table. */
export interface Scope {
  readonly node: string;
  readonly table: string | null;
}

/** A place of an expression where something of the template is named. */
export type Mention = Place & (
  /** `measure` of `steps.measure` or `visits.measure`. */
  | { readonly what: "node"; readonly node: string }
  /** A field: `runout` alone, of `steps.measure.runout`, or of a visit. `start` is where the whole path begins, of a visit's field -1. */
  | { readonly what: "field"; readonly node: string; readonly field: string; readonly start: number }
  /** Something inside a field's answer: a shot, an item of a checklist, a column. */
  | { readonly what: "part"; readonly node: string; readonly field: string; readonly part: string }
  /** A text that a field is compared with: an option. `from` and `to` are without the quotes. */
  | { readonly what: "option"; readonly node: string; readonly field: string; readonly part: string }
);

interface Place {
  readonly from: number;
  readonly to: number;
}

/** Everything an expression names, from left to right. Of one that does not parse, what can be told without parsing. */
export function mentions(source: string, scope: Scope): readonly Mention[] {
  const tokens = celTokens(source);
  const reader = new Reader(tokens, scope);
  const found = reader.read() && tokens.at(-1)?.text === "" ? reader.found : guessed(tokens, scope);
  return [...found].sort((one, other) => one.from - other.from);
}

/** The names of a text with a replacement for some of them. */
export function rewritten(source: string, replacements: readonly (Place & { readonly text: string })[]): string {
  let result = source;
  for (const { from, to, text } of [...replacements].sort((one, other) => other.from - one.from)) result = result.slice(0, from) + text + result.slice(to);
  return result;
}

/** What a part of an expression stands for, as far as renaming has to know it. */
type Meaning =
  | { readonly is: "steps" | "visits"; readonly start: number }
  | { readonly is: "answers"; readonly node: string; readonly start: number }
  | { readonly is: "visit_list"; readonly node: string }
  | { readonly is: "field"; readonly node: string; readonly field: string }
  | { readonly is: "texts"; readonly tokens: readonly CelToken[] }
  | null;

const MACROS: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "existsOne", "filter", "map"]);
const LOGIC: ReadonlySet<string | undefined> = new Set(["&&", "||", undefined]);
const BINARY: ReadonlySet<string> = new Set(["&&", "||", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%"]);

class Misread extends Error {}

/** Reads an expression once, from left to right, and remembers what it names. Precedence matters to it only beside comparisons. */
class Reader {
  readonly found: Mention[] = [];
  #at = 0;
  #bound: ReadonlyMap<string, Meaning> = new Map();

  constructor(private readonly tokens: readonly CelToken[], private readonly scope: Scope) {}

  /** False when this is no expression. */
  read(): boolean {
    try {
      this.#expression();
      return this.#next.kind === "end";
    } catch (problem) {
      if (problem instanceof Misread) return false;
      throw problem;
    }
  }

  get #next(): CelToken {
    return this.tokens[this.#at] ?? { kind: "end", text: "", from: 0, to: 0 };
  }

  #take(): CelToken {
    const token = this.#next;
    if (token.kind === "end") throw new Misread();
    this.#at += 1;
    return token;
  }

  /** Take `symbol` if it is next. */
  #takes(symbol: string): boolean {
    if (this.#next.kind !== "symbol" || this.#next.text !== symbol) return false;
    this.#at += 1;
    return true;
  }

  #must(symbol: string): void {
    if (!this.#takes(symbol)) throw new Misread();
  }

  #expression(): Meaning {
    const meaning = this.#operations();
    if (!this.#takes("?")) return meaning;
    const then = this.#expression();
    this.#must(":");
    this.#expression();
    return then;
  }

  #operations(): Meaning {
    const operands = [this.#operand()];
    const operators: string[] = [];
    while (BINARY.has(this.#next.text) && this.#next.kind !== "text") {
      operators.push(this.#take().text);
      operands.push(this.#operand());
    }
    operators.forEach((operator, index) => {
      const alone = LOGIC.has(operators[index - 1]) && LOGIC.has(operators[index + 1]);
      if (alone && ["==", "!=", "in"].includes(operator)) this.#compared(operands[index] ?? null, operands[index + 1] ?? null);
    });
    return operands.length === 1 ? (operands[0] ?? null) : null;
  }

  #compared(left: Meaning, right: Meaning): void {
    const [field, texts] = left?.is === "field" ? [left, right] : [right, left];
    if (field?.is !== "field" || texts?.is !== "texts") return;
    for (const { text, from, to } of texts.tokens) {
      if (/^(["']).*\1$/s.test(text) && !/^("""|''')/.test(text)) {
        this.found.push({ what: "option", node: field.node, field: field.field, part: text.slice(1, -1), from: from + 1, to: to - 1 });
      }
    }
  }

  #operand(): Meaning {
    if (this.#takes("!") || this.#takes("-")) {
      this.#operand();
      return null;
    }
    let meaning = this.#primary();
    for (;;) {
      if (this.#takes(".")) meaning = this.#member(meaning);
      else if (this.#takes("[")) meaning = this.#index(meaning);
      else return meaning;
    }
  }

  #primary(): Meaning {
    if (this.#takes("(")) return this.#inBrackets();
    if (this.#takes("[")) return this.#list();
    if (this.#takes("{")) return this.#map();
    this.#takes(".");
    const token = this.#take();
    if (token.kind === "text") return { is: "texts", tokens: [token] };
    if (token.kind === "number") return null;
    if (token.kind !== "name") throw new Misread();
    if (!this.#takes("(")) return this.#name(token);
    this.#arguments();
    return null;
  }

  #inBrackets(): Meaning {
    const meaning = this.#expression();
    this.#must(")");
    return meaning;
  }

  #list(): Meaning {
    const tokens: CelToken[] = [];
    while (!this.#takes("]")) {
      const item = this.#expression();
      if (item?.is === "texts") tokens.push(...item.tokens);
      if (!this.#takes(",") && this.#next.text !== "]") throw new Misread();
    }
    return { is: "texts", tokens };
  }

  #map(): Meaning {
    while (!this.#takes("}")) {
      this.#expression();
      this.#must(":");
      this.#expression();
      if (!this.#takes(",") && this.#next.text !== "}") throw new Misread();
    }
    return null;
  }

  #name({ text, from, to }: CelToken): Meaning {
    const bound = this.#bound.get(text);
    if (bound !== undefined) return bound;
    if (text === "steps" || text === "visits") return { is: text, start: from };
    if (text === "item" && this.scope.table !== null) return { is: "field", node: this.scope.node, field: this.scope.table };
    if (KEPT.has(text)) return null;
    this.found.push({ what: "field", node: this.scope.node, field: text, start: from, from, to });
    return { is: "field", node: this.scope.node, field: text };
  }

  #member(holder: Meaning): Meaning {
    const token = this.#take();
    if (token.kind !== "name") throw new Misread();
    if (this.#takes("(")) return this.#method(holder, token.text);
    return this.#named(holder, token);
  }

  #named(holder: Meaning, { text, from, to }: CelToken): Meaning {
    switch (holder?.is) {
      case "steps":
      case "visits":
        this.found.push({ what: "node", node: text, from, to });
        return holder.is === "steps" ? { is: "answers", node: text, start: holder.start } : { is: "visit_list", node: text };
      case "answers":
        this.found.push({ what: "field", node: holder.node, field: text, start: holder.start, from, to });
        return { is: "field", node: holder.node, field: text };
      case "field":
        this.found.push({ what: "part", node: holder.node, field: holder.field, part: text, from, to });
        return null;
      default:
        return null;
    }
  }

  #index(list: Meaning): Meaning {
    this.#expression();
    this.#must("]");
    return elementOf(list);
  }

  #method(target: Meaning, name: string): Meaning {
    const variable = this.#next;
    const isMacro = MACROS.has(name) && variable.kind === "name" && this.tokens[this.#at + 1]?.text === ",";
    if (!isMacro) {
      this.#arguments();
      return null;
    }
    const outside = this.#bound;
    this.#at += 2;
    this.#bound = new Map(outside).set(variable.text, elementOf(target));
    this.#arguments();
    this.#bound = outside;
    return name === "filter" ? target : null;
  }

  #arguments(): void {
    while (!this.#takes(")")) {
      this.#expression();
      if (!this.#takes(",") && this.#next.text !== ")") throw new Misread();
    }
  }
}

/** Rows of a table, and the answer itself, are both known by their field. */
function elementOf(list: Meaning): Meaning {
  if (list?.is === "visit_list") return { is: "answers", node: list.node, start: -1 };
  return list?.is === "field" ? list : null;
}

const KEPT: ReadonlySet<string> = new Set(["order", "now", "item", "true", "false", "null"]);

/** Of a text that is no expression (yet): names with no dot before them, `steps.x.y` and `visits.x`. */
function guessed(tokens: readonly CelToken[], scope: Scope): readonly Mention[] {
  const found: Mention[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== "name" || tokens[index - 1]?.text === ".") return;
    if (tokens[index + 1]?.text === "(" || KEPT.has(token.text) || token.text === "in") return;
    if (token.text === "steps" || token.text === "visits") found.push(...guessedPath(tokens, index));
    else found.push({ what: "field", node: scope.node, field: token.text, start: token.from, from: token.from, to: token.to });
  });
  return found;
}

function guessedPath(tokens: readonly CelToken[], index: number): readonly Mention[] {
  const [root, , node, dot, field] = tokens.slice(index, index + 5);
  if (root === undefined || node?.kind !== "name") return [];
  const mention: Mention = { what: "node", node: node.text, from: node.from, to: node.to };
  if (root.text === "visits" || dot?.text !== "." || field?.kind !== "name") return [mention];
  return [mention, { what: "field", node: node.text, field: field.text, start: root.from, from: field.from, to: field.to }];
}
