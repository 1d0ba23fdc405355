/**
 * Numbers as people write them, read as the server reads them: decimals have a point; a comma or a space parts thousands. `1,000` is a
 * thousand. `1,5` is refused: it is read in one way here and in another there. Full-width signs are read too, and what a Chinese keyboard
 * writes for a point and a minus.
 */

const THOUSANDS = "[1-9]\\d{0,2}(?:(?:,\\d{3})+|(?: \\d{3})+)";
const NUMBER = new RegExp(`^-?(?:(?:${THOUSANDS}|\\d+)(?:\\.\\d*)?|\\.\\d+)$`);

/** The number that `typed` says; its text when it says none; null when nothing stands there. */
export function numberTyped(typed: string): number | string | null {
  const plain = plainText(typed);
  if (plain === "") return null;
  return NUMBER.test(plain) ? Number(plain.replace(/[, ]/g, "")) : typed;
}

/** What to type instead, where it would be a number but for a comma that parts no thousands; null where that is not so. */
export function withPoint(typed: string): string | null {
  const plain = plainText(typed);
  if (!plain.includes(",") || NUMBER.test(plain) || !/^-?\d[\d., ]*$/.test(plain)) return null;
  const [, whole = "", decimals = ""] = /^(.*),(\d*)$/.exec(plain) ?? [];
  if (whole === "") return plain.replace(/[, ]/g, "");
  return whole.replace(/[., ]/g, "") + (decimals === "" ? "" : `.${decimals}`);
}

function plainText(text: string): string {
  return text.normalize("NFKC").replaceAll("。", ".").replace(/[−—]/g, "-").trim();
}

const NUMBERS: readonly string[] = ["number", "integer", "reading"];

/** True where the input of such a field says itself what is wrong with `answer`, and what to type instead. */
export function saysWhatToType(type: string, answer: unknown): boolean {
  const typed: unknown = type === "reading" ? (answer as { readonly value?: unknown } | null | undefined)?.value : answer;
  return NUMBERS.includes(type) && typeof typed === "string" && withPoint(typed) !== null;
}
