import type { OrderPart, OrderParts, PartAct } from "./types.ts";

interface Line {
  readonly number: string;
  readonly quantity?: number | null;
}

/** The sheet as it will be once the server has this act: what is shown while there is no network. */
export function done(sheet: OrderParts, { verb, body }: Pick<PartAct, "verb" | "body">): OrderParts {
  const lines = (body["lines"] ?? [body]) as unknown as readonly Line[];
  const parts = lines.reduce((all, line) => all.map((part) => (part.number === line.number ? changed(part, verb, line.quantity ?? null) : part)), sheet.parts);
  return { ...sheet, parts, settled: parts.every(({ open }) => open === 0) };
}

function changed(part: OrderPart, verb: PartAct["verb"], quantity: number | null): OrderPart {
  switch (verb) {
    case "issue": {
      const came = quantity ?? 1;
      return { ...part, open: part.open + came, issued: part.issued + came, wanted: Math.max(0, part.wanted - came) };
    }
    case "give-back": {
      const back = Math.min(part.open, quantity ?? part.open);
      return { ...part, open: part.open - back, returned: part.returned + back };
    }
    case "use": {
      const used = Math.min(part.open, quantity ?? part.open);
      return { ...part, open: part.open - used, used: part.used + used };
    }
    case "explain": return { ...part, explained_open: part.explained_open + (quantity ?? part.open - part.explained_open) };
    case "plan": return { ...part, planned: quantity ?? part.planned };
  }
}
