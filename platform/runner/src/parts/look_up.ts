import type { FoundPart } from "../api/types.ts";
import type { Runner } from "../runner.ts";
import { readNumber, same } from "./reading_codes.ts";
import { type Looked, meantFirst } from "./scanned.ts";
import type { OrderPart } from "./types.ts";

/** So many parts the server answers at most: among more, the one that is meant may be missing. */
const MOST = 50;
const PIECE = /^[^\s|/;,]+/;

/** What a number is that nobody meant for the order, a part's or that of a piece in stock: asked of what is on the phone, then of the server. Null where nobody can be asked. */
export async function lookUp(runner: Pick<Runner, "store" | "client" | "attempt">, text: string, own: readonly OrderPart[] = []): Promise<Looked | null> {
  const table = (await runner.store.meta("recommended"))?.parts ?? {};
  const here = found(text, Object.entries(table).map(([number, part]) => ({ ...part, number })));
  if (here !== null) return here;
  const asked = new Set([text, PIECE.exec(text)?.[0] ?? text]);
  for (const query of asked) {
    const parts = await runner.attempt(async () => await runner.client.parts(query));
    if (parts === null) return null;
    const there = found(text, parts) ?? piece(text, parts, own);
    if (there !== null) return there;
    if (parts.length >= MOST) return { number: text, serial: null, known: null };
  }
  return { number: text, serial: null, known: false };
}

function found(text: string, parts: readonly FoundPart[]): Looked | null {
  const read = readNumber(text, parts.map(({ number }) => number));
  const part = parts.find(({ number }) => number === read?.number);
  return read === null || part === undefined ? null : { ...read, known: true, name: part.name, tracked: part.serial_tracked === true };
}

/** Of several parts of which one has this serial number, one that is meant for the order. */
function piece(text: string, parts: readonly FoundPart[], own: readonly OrderPart[]): Looked | null {
  const part = parts.filter(({ serial }) => same(serial ?? "", text)).sort(meantFirst(own))[0];
  return part === undefined ? null : { number: part.number, serial: part.serial ?? null, known: true, name: part.name, tracked: true };
}
