import type { JsonObject, Words } from "@mendloop/engine";
import type { SpokenProblem } from "../api/types.ts";
import { needsSerial } from "./pieces.ts";
import { expectedNumbers, same } from "./reading_codes.ts";
import type { NearPiece, OrderPart } from "./types.ts";

/** One line of what was scanned or typed for an order and is not taken yet. */
export interface Scanned {
  readonly number: string;
  readonly serial: string | null;
  readonly quantity: number;
  /** Somebody has said that it is taken although nobody meant it, or not so much of it. */
  readonly extra: boolean;
  /** Whether there is such a part at all; null while nobody could be asked. */
  readonly known: boolean | null;
  /** What it is called, where the order's parts do not say so. */
  readonly name?: Words | string;
  /** It is taken by its serial number, where the order's parts do not say so. */
  readonly tracked?: boolean;
  /** Why the server did not take it. */
  readonly refused: readonly SpokenProblem[];
}

/** What is known of a number: which part it is, or that there is none; `known` null where it cannot be told from others like it. */
export type Looked = Pick<Scanned, "number" | "serial" | "known" | "name" | "tracked">;

/** A line with all that stands in the way of taking it: nothing where it is right. */
export interface Judged {
  readonly line: Scanned;
  readonly why: readonly SpokenProblem[];
}

const NOT_MEANT = "order_parts.wrong_part";
/** More was asked for than is planned: that is possible, and said. */
const MORE = "order_parts.more_than_planned";
/** It must be said which piece is meant. */
export const WHICH = "stock.serials_needed";
const UNKNOWN = "part.unknown";
/** The shelf has none: the storekeeper can be asked for it. */
const NOT_THERE = "stock.not_there";
/** Quantities are told to the thousandth. */
const LEAST = 0.0005;
/** What can only be put away, or scanned otherwise. */
const HOPELESS: readonly string[] = [UNKNOWN, "order_parts.serial_of_another", WHICH];

/** The same piece twice is one; the same part once more is one more of it. What is scanned again is judged again. */
export function added(list: readonly Scanned[], more: Scanned): readonly Scanned[] {
  const known = list.find((each) => isSame(each, more));
  if (known === undefined) return [...list, more];
  const quantity = more.serial === null ? known.quantity + more.quantity : known.quantity;
  return list.map((each) => (each === known ? { ...known, quantity, extra: known.extra || more.extra, known: more.known ?? known.known, refused: more.refused } : each));
}

/** As `added`; a piece that has a serial number is the one of which it had to be said which is meant. */
export function joined(list: readonly Scanned[], more: Scanned, parts: readonly OrderPart[], pieces: readonly NearPiece[] = []): readonly Scanned[] {
  const waits = more.serial === null || list.some((each) => isSame(each, more)) ? undefined : judged(list, parts, pieces).find(({ line, why }) => line.number === more.number && why.some(({ code }) => code === WHICH));
  return waits === undefined ? added(list, more) : named(list, waits.line, more.serial ?? "");
}

/** One of a line is the piece with this serial number. */
export function named(list: readonly Scanned[], line: Scanned, serial: string): readonly Scanned[] {
  const left: Scanned = { ...line, quantity: line.quantity - 1, refused: [] };
  return added(list.flatMap((each) => (!isSame(each, line) ? [each] : left.quantity > LEAST ? [left] : [])), { ...line, serial, quantity: 1, refused: [] });
}

/** The list once it is known what a line of it is: a piece that is on it already is one with it. */
export function lookedUp(list: readonly Scanned[], line: Scanned, looked: Looked, parts: readonly OrderPart[] = [], pieces: readonly NearPiece[] = []): readonly Scanned[] {
  const asked = list.find((each) => isSame(each, line) && each.known === null);
  if (asked !== undefined && looked.serial !== null) return joined(list.filter((each) => each !== asked), { ...asked, ...looked }, parts, pieces);
  return list.map((each) => (each === asked ? { ...each, ...looked } : each)).reduce<readonly Scanned[]>(added, []);
}

export function isSame(one: Scanned, other: Scanned): boolean {
  return same(one.number, other.number) && same(one.serial ?? "", other.serial ?? "");
}

/** Every line as far as this phone can judge it: against what is planned, and what of that has come. */
export function judged(list: readonly Scanned[], parts: readonly OrderPart[], pieces: readonly NearPiece[] = []): readonly Judged[] {
  const earlier = new Map<string, number>();
  return list.map((line) => {
    const before = earlier.get(line.number) ?? 0;
    const why = line.refused.length > 0 ? line.refused : whyNot(line, before, parts) ?? (needsSerial(line, list, { parts, pieces }) ? [problem(WHICH, { part: line.number })] : []);
    if (why.length === 0 && !line.extra) earlier.set(line.number, before + line.quantity);
    return { line, why };
  });
}

function whyNot({ number, quantity, extra, known }: Scanned, before: number, parts: readonly OrderPart[]): readonly SpokenProblem[] | null {
  const own = parts.find((part) => part.number === number);
  if (known === false || own?.known === false) return [problem(UNKNOWN, { part: number })];
  if (extra) return null;
  if (!isMeant(number, parts)) return [problem(NOT_MEANT, { part: number, expected: expectedHere(parts) })];
  const left = mayCome(number, parts);
  return before + quantity > left + LEAST ? [problem(MORE, { part: number, quantity: left })] : null;
}

function problem(code: string, params: JsonObject): SpokenProblem {
  return { code, at: "", element: "", params };
}

/** What is expected at the order, to be said. */
export function expectedHere(parts: readonly OrderPart[]): readonly string[] {
  const numbers = expectedNumbers(parts);
  return numbers.length === 0 ? ["–"] : numbers;
}

/** Whether a part is planned for the order, or stands in for one that is. */
export function isMeant(number: string, parts: readonly OrderPart[]): boolean {
  return parts.some((part) => part.planned > 0 && (part.number === number || part.stand_ins.includes(number)));
}

/** A part that is meant before one that is not. */
export function meantFirst(parts: readonly OrderPart[]): (one: { readonly number: string }, other: { readonly number: string }) => number {
  return (one, other) => Number(isMeant(other.number, parts)) - Number(isMeant(one.number, parts));
}

/** How much of a part may still come: for its own line, or in the place of others. What stands in for one line does not for the next one, too. */
export function mayCome(number: string, parts: readonly OrderPart[]): number {
  const spare = new Map(parts.filter(({ planned }) => planned <= 0).map((part) => [part.number, taken(part)]));
  return parts.reduce((sum, part) => {
    const left = part.stand_ins.reduce((open, other) => {
      const share = Math.max(0, Math.min(spare.get(other) ?? 0, open));
      spare.set(other, (spare.get(other) ?? 0) - share);
      return open - share;
    }, part.planned - taken(part));
    return part.number === number || part.stand_ins.includes(number) ? sum + Math.max(0, left) : sum;
  }, 0);
}

/** What came and did not go back. */
function taken({ issued, returned }: OrderPart): number {
  return issued - returned;
}

/** What can be done about a line besides putting it away. */
export interface Ways {
  /** It is taken all the same. */
  readonly extra: boolean;
  /** The storekeeper is asked for it. */
  readonly ask: boolean;
  /** It is sent as it is once more. */
  readonly again: boolean;
  /** Another quantity might do. */
  readonly quantity: boolean;
  /** It is said which piece is meant. */
  readonly serial: boolean;
  /** It is no part that anybody knows: it may be the serial number of one. */
  readonly isSerial: boolean;
}

export function waysOf({ line, why }: Judged): Ways {
  const is = (...codes: readonly string[]): boolean => why.some(({ code }) => codes.includes(code));
  return {
    extra: is(NOT_MEANT, MORE),
    ask: is(NOT_THERE),
    again: line.refused.length > 0 && !is(NOT_MEANT, MORE, ...HOPELESS),
    quantity: line.serial === null && !is(NOT_MEANT, ...HOPELESS),
    serial: line.serial === null && is(WHICH),
    isSerial: line.serial === null && line.known !== true && is(UNKNOWN, NOT_MEANT),
  };
}

/** True where nobody could say yet whether there is such a part. */
export function isUnchecked({ number, known, refused }: Scanned, parts: readonly OrderPart[]): boolean {
  return known === null && refused.length === 0 && !isMeant(number, parts);
}
