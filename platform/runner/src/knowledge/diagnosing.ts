import type { StepNode } from "@mendloop/engine";

const NAMES = /diagnos|finding|fault/i;
const CHOICES: readonly string[] = ["choice", "multi_choice"];

/** A step in which somebody says what is wrong: the template names it or its role so, or it has such a choice. */
export function isDiagnosis({ id, role, fields }: Pick<StepNode, "id" | "role" | "fields">): boolean {
  return /diagnos/i.test(`${id} ${role}`) || fields.some((field) => CHOICES.includes(field.type) && NAMES.test(field.id));
}
