import { askedFor } from "./coming.ts";
import { same } from "./reading_codes.ts";
import type { NearPiece, OrderPart, OrderParts, PartAct } from "./types.ts";

interface Line {
  readonly number: string;
  readonly quantity?: number | null;
  readonly serial?: string | null;
}

/** The sheet as it will be once the server has this act: what is shown while there is no network. */
export function done(sheet: OrderParts, { verb, body }: Pick<PartAct, "verb" | "body">): OrderParts {
  const lines = (body["lines"] ?? [body]) as unknown as readonly Line[];
  const how = { defective: body["defective"] === true, used: body["used"] === true };
  const parts = lines.reduce((all, line) => all.map((part) => (part.number === line.number ? changed(part, verb, line, how) : part)), sheet.parts);
  const gone = (each: NearPiece): boolean => verb === "issue" && lines.some(({ number, serial }) => number === each.number && same(serial ?? "", each.serial));
  const pieces = (sheet.pieces ?? []).filter((each) => !gone(each));
  return { ...sheet, parts, pieces, settled: parts.every(({ open }) => open === 0) };
}

function changed(part: OrderPart, verb: PartAct["verb"], line: Line, how: Back): OrderPart {
  const { serial, quantity } = meant(line);
  switch (verb) {
    case "issue": return issued(part, quantity ?? 1, serial);
    case "give-back": return givenBack(part, quantity, serial, how);
    case "use": return builtIn(part, quantity ?? part.open, serial);
    case "explain": return { ...part, explained_open: part.explained_open + (quantity ?? part.open - part.explained_open) };
    case "plan": return { ...part, planned: quantity ?? part.planned };
    case "ask": return { ...part, coming: askedFor(part) };
  }
}

function meant({ serial = null, quantity = null }: Line): { readonly serial: string | null; readonly quantity: number | null } {
  return { serial, quantity: serial === null ? quantity : 1 };
}

function issued(part: OrderPart, came: number, serial: string | null): OrderPart {
  const serials = serial === null ? part.serials : [...without(part.serials, serial), serial];
  return { ...part, serials, open: part.open + came, issued: part.issued + came, wanted: Math.max(0, part.wanted - came) };
}

function builtIn(part: OrderPart, quantity: number, serial: string | null): OrderPart {
  const used = Math.min(part.open, quantity);
  return { ...part, open: part.open - used, used: part.used + used, used_here: (part.used_here ?? 0) + used, serials: without(part.serials, serial) };
}

interface Back {
  readonly defective: boolean;
  readonly used: boolean;
}

/** What is no good is wanted once more. */
function givenBack(part: OrderPart, quantity: number | null, serial: string | null, { defective, used }: Back): OrderPart {
  const there = used ? part.used : part.open;
  const back = Math.min(there, quantity ?? there);
  const left = used ? { used: part.used - back, used_here: Math.min(part.used_here ?? 0, part.used - back) } : { open: part.open - back };
  const after = { ...part, ...left, returned: part.returned + back, wanted: part.wanted + (defective ? back : 0) };
  return used ? { ...after, serials_used: without(part.serials_used ?? [], serial) } : { ...after, serials: without(part.serials, serial) };
}

function without(serials: readonly string[], serial: string | null): readonly string[] {
  return serials.filter((each) => each !== serial);
}
