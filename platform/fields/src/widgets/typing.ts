import type { FieldProps } from "../host.ts";

/** What a text control needs to be described by its help and its problems. */
export function describedBy({ id, wrong }: FieldProps): { "aria-describedby": string; "aria-invalid": boolean } {
  return { "aria-describedby": `${id}-help ${id}-problems`, "aria-invalid": wrong };
}

/** What stands in a number's input for an answer that may be a number or unfinished text. */
export function textOf(answer: unknown): string {
  return typeof answer === "number" || typeof answer === "string" ? String(answer) : "";
}
