import type { OrderPart, PartComing } from "./types.ts";

/** What is missing and nobody has asked for. */
export function notAsked(part: OrderPart): number {
  return Math.max(0, part.missing - (part.coming ?? []).reduce((sum, { quantity }) => sum + quantity, 0));
}

/** What is to come once all that is missing has been asked for; from where is the server's to say. */
export function askedFor(part: OrderPart): readonly PartComing[] {
  const quantity = notAsked(part);
  const before = part.coming ?? [];
  return quantity === 0 ? before : [...before, { id: "", location: "", kind: "", owner: null, quantity, state: "asked" }];
}
