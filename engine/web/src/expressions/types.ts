/** The types of values, exactly as they stand in a plan. */
export type Type =
  | "bool" | "int" | "uint" | "double" | "string" | "bytes" | "timestamp" | "duration" | "null" | "dyn"
  | { readonly list: Type }
  | { readonly map: readonly [Type, Type] }
  | { readonly object: Readonly<Record<string, Type>> };

/** A list whose elements all have one type. */
export const listOf = (element: Type): Type => ({ list: element });

/** A map: keys are not known beforehand, a missing one is an error. */
export const mapOf = (key: Type, value: Type): Type => ({ map: [key, value] });

/** A record with known members; one that is missing is absent. */
export const objectOf = (members: Readonly<Record<string, Type>>): Type => ({ object: members });
