import type { FieldProps } from "../host.ts";

/** What a text control needs to be described by its help and its problems. */
export function describedBy({ id, wrong }: FieldProps): { "aria-describedby": string; "aria-invalid": boolean } {
  return { "aria-describedby": `${id}-help ${id}-problems`, "aria-invalid": wrong };
}

/** Digits as people type them: full width, with a comma, with spaces. */
export function plainDigits(typed: string): string {
  return typed
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[，,。．]/g, ".")
    .replace(/[−－—]/g, "-")
    .replace(/\s/g, "");
}

/** The number that `typed` says; its text when it says none; null when nothing stands there. */
export function numberTyped(typed: string): number | string | null {
  const plain = plainDigits(typed);
  if (plain === "") return null;
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : typed;
}

/** What stands in a number's input for an answer that may be a number or unfinished text. */
export function textOf(answer: unknown): string {
  return typeof answer === "number" || typeof answer === "string" ? String(answer) : "";
}
