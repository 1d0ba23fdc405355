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

/** Signatures bring hashing with them; all others are one piece, of which nearly every plan that has one has several. */
const FURTHER = () => import("./further.ts");
const SIGNATURE: LoadFields = () => import("./signature.ts");

/** The types of these names, as far as they are built in or among the `plugins`'. Rejects when one cannot be had, or two have one name. */
export async function loadFields(names: ReadonlySet<string>, plugins: Readonly<Record<string, LoadFields>>): Promise<FieldTypes> {
  const here = simple();
  if ([...names].every((name) => here.some((type) => type.name === name))) return new FieldTypes(here);
  const named = Object.entries({ ...plugins, signature: SIGNATURE }).filter(([name]) => names.has(name));
  const [further, ...others] = await Promise.all([FURTHER(), ...named.map(([, load]) => load())]);
  further.learnKeywords();
  return new FieldTypes([...here, ...[further, ...others].flatMap((piece) => piece.default).map((made) => new made())]);
}
