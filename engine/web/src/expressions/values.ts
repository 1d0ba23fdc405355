/** What an expression computes with: null, boolean, bigint (int), number (double), string and these. */

/** An unsigned 64-bit number. */
export class Uint {
  constructor(readonly value: bigint) {}
}

/** A moment: nanoseconds since 1970-01-01T00:00:00Z. */
export class Timestamp {
  constructor(readonly ns: bigint) {}
}

/** A span of time in nanoseconds. */
export class Duration {
  constructor(readonly ns: bigint) {}
}

/** What `type(x)` gives. Only the specification's cases use it. */
export class TypeValue {
  constructor(readonly name: string) {}
}

/** Why there is no value; the kinds are those of the Python evaluator. */
export class EvaluationError {
  constructor(readonly kind: string) {}
}

/** A map or a record. Keys that were unsigned numbers stand in `unsigned` too: 1 and 1u are the same key. */
export class CelMap extends Map<string | bigint | boolean, Value> {
  unsigned?: Set<bigint>;
}

export type Value =
  | null | boolean | bigint | number | string | Uint8Array
  | Uint | Timestamp | Duration | TypeValue | EvaluationError | readonly Value[] | CelMap;

/** The values of the names at the top: what `fromJson` makes of an object will do. */
export interface Env {
  readonly get: (name: string) => Value | undefined;
}

/** The value of something that is not there. */
export const ABSENT = /* #__PURE__ */ new EvaluationError("absent");

export const MAX_STEPS = 100_000;
export const MAX_TEXT = 100_000;
export const MAX_LIST = 10_000;
export const MAX_MATCHED = 10_000;

/** Leave the evaluation with an error of this kind. */
export function fail(kind: string): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- an ordinary outcome: collecting a stack would cost more than evaluating
  throw kind === "absent" ? ABSENT : new EvaluationError(kind);
}

const CLASSES: readonly (readonly [new (...given: never[]) => object, string])[] = [
  [CelMap, "map"], [Array, "list"], [Timestamp, "timestamp"], [Duration, "duration"], [Uint, "uint"],
  [Uint8Array, "bytes"], [TypeValue, "type"],
];
const PRIMITIVES: Readonly<Record<string, string>> = { bigint: "int", number: "double", boolean: "bool", string: "string" };

/** The name of a value's kind. */
export function kindOf(value: Value): string {
  const primitive = PRIMITIVES[typeof value];
  if (primitive !== undefined) return primitive;
  if (value === null) return "null";
  return CLASSES.find(([made]) => value instanceof made)?.[1] ?? "error";
}

/** How many code points a text has. */
export function points(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xd800) count--;
  return count;
}

/** Hundreds of characters, bytes or elements: what working on a long value costs. */
export function hundreds(value: Value): number {
  if (typeof value !== "string" && !(value instanceof Uint8Array) && !Array.isArray(value)) return 0;
  const length = typeof value === "string" && value.length >= 100 ? points(value) : (value as string).length;
  return Math.floor(length / 100);
}

/** `value` as an int; fails outside 64 bits. */
export function whole(value: bigint): bigint {
  return BigInt.asIntN(64, value) === value ? value : fail("overflow");
}

const SURROGATE = /\p{Surrogate}/gu;

/** Text, whose halves of surrogate pairs become the sign for what cannot be shown. */
export const text = (json: unknown): string => (typeof json === "string" ? json.replace(SURROGATE, "\ufffd") : fail("type"));

/** `text`, unless it is longer than a computed one may be. */
export function bounded(text: string): string {
  return text.length > MAX_TEXT && points(text) > MAX_TEXT ? fail("too_long") : text;
}

/** The key under which `value` would be found, or undefined when no key can equal it. */
export function lookUpKey(value: Value): string | bigint | boolean | undefined {
  if (value instanceof Uint) return value.value;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  return typeof value === "string" || typeof value === "bigint" || typeof value === "boolean" ? value : undefined;
}
