import type { OrderPart } from "./types.ts";

/** What a label says about an order's parts. `number` null: nothing that is meant for it. */
export interface Read {
  readonly code: string;
  readonly number: string | null;
  readonly serial: string | null;
}

const BETWEEN = /^[\s|/;,]+/;

/** A label holds the part's number, or the number and behind it the serial number of this one piece. */
export function readCode(code: string, parts: readonly OrderPart[]): Read {
  const text = code.trim();
  const meant = parts.filter(({ planned, issued }) => planned > 0 || issued > 0);
  const read = readNumber(text, [...meant.map(({ number }) => number), ...meant.flatMap(({ stand_ins: others }) => others)]);
  return { code: text, ...(read ?? { number: null, serial: null }) };
}

/** Which of these numbers a label says, as it is spelled there; null: none. */
export function readNumber(text: string, numbers: readonly string[]): { readonly number: string; readonly serial: string | null } | null {
  const exact = numbers.find((number) => same(number, text));
  if (exact !== undefined) return { number: exact, serial: null };
  const start = numbers.find((number) => same(number, text.slice(0, number.length)) && BETWEEN.test(text.slice(number.length)));
  if (start === undefined) return null;
  return { number: start, serial: text.slice(start.length).replace(BETWEEN, "") || null };
}

/** What should still come, or everything that was planned once all of it has. */
export function expectedNumbers(parts: readonly OrderPart[]): readonly string[] {
  const still = parts.filter(({ wanted }) => wanted > 0);
  return (still.length > 0 ? still : parts.filter(({ planned }) => planned > 0)).map(({ number }) => number);
}

/** Numbers are the same in capital and in small letters. */
export function same(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}
