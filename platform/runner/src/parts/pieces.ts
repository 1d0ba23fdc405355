import { readNumber, same } from "./reading_codes.ts";
import type { Scanned } from "./scanned.ts";
import type { NearPiece, OrderParts } from "./types.ts";

/** What of an order's sheet tells one piece from another. */
export type Here = Pick<OrderParts, "parts" | "pieces">;

/** Which piece lies near under this serial number; of several parts that have it, the one that may still come. Null: none. */
export function pieceBy(text: string, { parts, pieces = [] }: Here): NearPiece | null {
  const found = pieces.filter(({ serial }) => same(serial, text.trim()));
  return found.find(({ number }) => parts.some((part) => part.wanted > 0 && (part.number === number || part.stand_ins.includes(number)))) ?? found[0] ?? null;
}

/** What lies near of a part and is not on the list, nearest first. */
export function stillNear(number: string, list: readonly Scanned[], pieces: readonly NearPiece[]): readonly NearPiece[] {
  return pieces.filter((piece) => piece.number === number && !list.some((line) => line.number === number && same(line.serial ?? "", piece.serial)));
}

/** Whether it must be said which pieces are meant: not where the nearest place has just so many. */
export function needsSerial({ number, serial, quantity, tracked = false }: Scanned, list: readonly Scanned[], { parts, pieces = [] }: Here): boolean {
  const isTracked = tracked || parts.some((part) => part.number === number && part.serial_tracked === true) || pieces.some((piece) => piece.number === number);
  if (serial !== null || !isTracked) return false;
  const near = stillNear(number, list, pieces);
  return near.filter(({ location }) => location === near[0]?.location).length !== quantity;
}

/** What a label says of one piece of this part: its serial number, alone or behind the part's number. Null: only which part it is. */
export function serialIn(code: string, number: string): string | null {
  const read = readNumber(code.trim(), [number]);
  return read === null ? code.trim() || null : read.serial;
}
