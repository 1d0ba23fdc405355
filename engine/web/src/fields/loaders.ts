import { BooleanField } from "./boolean.ts";
import { Choice } from "./choice.ts";
import { Instruction } from "./instruction.ts";
import { Integer, NumberField } from "./numbers.ts";
import { FieldTypes } from "./registry.ts";
import { LongText, Text } from "./text.ts";
import type { FieldType } from "./type.ts";

/** A piece of the bundle whose default export is field types. */
export type LoadFields = () => Promise<{ readonly default: readonly (new () => FieldType)[] }>;

/** What is always here: nearly every plan has it, and its shapes demand nothing special. */
const simple = (): readonly FieldType[] =>
  [new Instruction(), new Text(), new LongText(), new Integer(), new NumberField(), new BooleanField(), new Choice()];

/** True when a plan that names these types does with what is always here. */
export function areSimple(names: Iterable<string>): boolean {
  const here = new Set(simple().map(({ name }) => name));
  return [...names].every((name) => here.has(name));
}

/** What is always here, and the types of these pieces. Throws where two have one name. */
export function typesOf(pieces: readonly { readonly default: readonly (new () => FieldType)[] }[]): FieldTypes {
  return new FieldTypes([...simple(), ...pieces.flatMap((piece) => piece.default).map((made) => new made())]);
}
