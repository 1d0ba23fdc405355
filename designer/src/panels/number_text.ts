/** What a typed text means as a number. `partial`: on the way to one, like "-". */
export type Typed =
  | { readonly kind: "empty" }
  | { readonly kind: "partial" }
  | { readonly kind: "number"; readonly value: number }
  /** Beyond what is kept exactly: no file that we write may hold it. */
  | { readonly kind: "too_large" }
  | { readonly kind: "wrong" };

const WIDE = /[０-９．，－＋]/g;
const PARTIAL = /^[+-]?[.]?$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** Reads numbers as people write them: decimal comma or point, Chinese full width, blanks between digits. */
export function typedNumber(text: string): Typed {
  const plain = withPoint(narrow(text).replace(/[\s'_]/g, ""));
  if (plain === "") return { kind: "empty" };
  if (PARTIAL.test(plain)) return { kind: "partial" };
  const value = Number(plain);
  if (!NUMBER.test(plain)) return { kind: "wrong" };
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? { kind: "too_large" } : { kind: "number", value };
}

function narrow(text: string): string {
  return text.replace(WIDE, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/[−–]/g, "-").replace("。", ".");
}

/** "1,5" is one and a half; "1,234.5" has a point already, so the comma groups. */
function withPoint(text: string): string {
  if (text.includes(".")) return text.replace(/,/g, "");
  return text.split(",").length === 2 ? text.replace(",", ".") : text.replace(/,/g, "");
}

/** True when the text already says this value: then nobody rewrites it under the cursor. */
export function saysNumber(text: string, value: number | undefined): boolean {
  const typed = typedNumber(text);
  return typed.kind === "number" ? typed.value === value : (typed.kind === "empty" || typed.kind === "partial") && value === undefined;
}

/** What is being typed, the value that this means, and the one that was there before. */
export interface Typing {
  readonly text: string;
  readonly value: number | undefined;
  readonly before: number | undefined;
}

/** What was there before somebody typed; a value that comes from elsewhere begins anew. */
export function begun(typed: Typing, value: number | undefined): number | undefined {
  return typed.value === value ? typed.before : value;
}

/** While no number is written the value is the one from before, not what was on the way: "-9e999" is not -9. */
export function typingOf(text: string, before: number | undefined): Typing {
  const typed = typedNumber(text);
  if (typed.kind === "number") return { text, value: typed.value, before };
  return { text, value: typed.kind === "empty" ? undefined : before, before };
}

export interface Bounds {
  readonly whole: boolean;
  readonly least?: number | undefined;
  readonly above?: number | undefined;
  readonly most?: number | undefined;
}

/** What is wrong with a value: the word for it and its number; null: nothing. */
export function outside(value: number, { whole, least, above, most }: Bounds): { readonly word: "whole" | "at_least" | "above" | "at_most"; readonly value: number } | null {
  if (whole && !Number.isInteger(value)) return { word: "whole", value };
  if (least !== undefined && value < least) return { word: "at_least", value: least };
  if (above !== undefined && value <= above) return { word: "above", value: above };
  return most !== undefined && value > most ? { word: "at_most", value: most } : null;
}
