/** What no server takes: NUL, which old exports and some PDFs bring along, and halves of characters. */
const UNSENDABLE = /[\0\p{Cs}]/gu;

/** True when a text in `value` could never be saved. */
export function isUnsendable(value: unknown): boolean {
  if (typeof value === "string") return value.search(UNSENDABLE) !== -1;
  return typeof value === "object" && value !== null && Object.values(value).some(isUnsendable);
}

/** Take that out of every text in `holder`, which may be changed. */
export function makeSendable(holder: object): void {
  for (const [key, value] of Object.entries(holder) as [string, unknown][]) {
    if (typeof value === "string") { if (isUnsendable(value)) Reflect.set(holder, key, value.replace(UNSENDABLE, "")); }
    else if (typeof value === "object" && value !== null) makeSendable(value);
  }
}
