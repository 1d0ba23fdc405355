/** Values that hardly any template has: bytes, unsigned numbers, types, maps that are written out. */
import { fromBase64, toBase64 } from "./base64.ts";
import { constant, parts } from "./compile.ts";
import type { Closure, Tree } from "./compile.ts";
import { integer, number } from "./json.ts";
import { wholeRule } from "./operators.ts";
import { CelMap, fail, lookUpKey, MAX_TEXT, text, TypeValue, Uint } from "./values.ts";
import type { Value } from "./values.ts";
import type { Vocabulary } from "./vocabulary.ts";

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** `value` as a uint; fails outside 64 bits. */
export function unsigned(value: bigint): Uint {
  return BigInt.asUintN(64, value) === value ? new Uint(value) : fail("overflow");
}

function mappingOf(tree: Tree): Closure {
  const all = parts(tree);
  return (frame) => {
    const values = all.map((each) => each(frame));
    return mapping(values.flatMap((value, at) => (at % 2 === 0 ? [[value, values[at + 1] ?? null] as const] : [])));
  };
}

/** The map of these pairs; no key may come twice. */
function mapping(pairs: readonly (readonly [Value, Value])[]): CelMap {
  const made = new CelMap();
  for (const [key, value] of pairs) {
    const plainKey = typeof key === "number" ? undefined : lookUpKey(key);
    if (plainKey === undefined || made.has(plainKey)) return fail("bad_key");
    if (key instanceof Uint) (made.unsigned ??= new Set()).add(key.value);
    made.set(plainKey, value);
  }
  return made;
}

function scarce(operator: string, x: Value, y: Value): Value | undefined {
  if (x instanceof Uint && y instanceof Uint) return unsigned(wholeRule(operator)(x.value, y.value));
  if (operator !== "+" || !(x instanceof Uint8Array) || !(y instanceof Uint8Array)) return undefined;
  return x.length + y.length > MAX_TEXT ? fail("too_long") : Uint8Array.of(...x, ...y);
}

function compareBytes(x: Uint8Array, y: Uint8Array): number {
  const at = x.findIndex((byte, index) => byte !== y[index]);
  return at < 0 ? x.length - y.length : (x[at] ?? 0) - (y[at] ?? -1);
}

export const VOCABULARY: Vocabulary = {
  nodes: {
    uint: constant((written) => new Uint(BigInt(written as string))),
    bytes: constant((written) => fromBase64(written as string)),
    type: constant((written) => new TypeValue(written as string)),
    mapping: mappingOf,
  },
  readers: {
    bytes: (json) => (BASE64.test(text(json)) ? fromBase64(text(json)) : fail("type")),
    uint: (json) => unsigned(integer(json)),
  },
  sums: { scarce, compareBytes },
  writers: { bytes: toBase64, uint: (value: Uint) => number(value.value), type: (value: TypeValue) => value.name },
};
