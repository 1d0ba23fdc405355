/** The conversions between types, and `type` itself. */
import { callsOf } from "./library.ts";
import type { ByKind, Call } from "./library.ts";
import { unsigned } from "./literals.ts";
import { floorDivide, readDuration, readTimestamp, SECOND, timestamp, writeDuration, writeTimestamp } from "./times.ts";
import { fail, kindOf, MAX_TEXT, TypeValue, whole } from "./values.ts";
import type { Timestamp, Uint, Value } from "./values.ts";

const same = (value: Value): Value => value;

const BOOLS: Readonly<Record<string, boolean>> = {
  1: true, t: true, T: true, true: true, TRUE: true, True: true, 0: false, f: false, F: false, false: false, FALSE: false, False: false,
};
const WHOLE = /^[+-]?\d{1,400}$/;
const UNSIGNED = /^\d{1,400}$/;
const DOUBLE = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NAMED_DOUBLE = /^(?:NaN|([+-]?)Inf(?:inity)?)$/;
const LONGEST_NUMBER = 400;
const TWO_63 = 2 ** 63;

const readWhole = (text: string, form: RegExp): bigint =>
  text.length <= LONGEST_NUMBER && form.test(text) ? BigInt(text) : fail("conversion");

function readDouble(text: string): number {
  const named = NAMED_DOUBLE.exec(text);
  if (named) return text === "NaN" ? NaN : named[1] === "-" ? -Infinity : Infinity;
  const value = text.length <= LONGEST_NUMBER && DOUBLE.test(text) ? Number(text) : fail("conversion");
  return Number.isFinite(value) ? value : fail("overflow");
}

function readBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail("conversion");
  }
}

function writeBytes(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return bytes.length > MAX_TEXT ? fail("too_long") : bytes;
}

const CONVERSIONS: ByKind = {
  bool: { bool: same, string: (text: string) => (Object.hasOwn(BOOLS, text) ? BOOLS[text] ?? false : fail("conversion")) },
  int: {
    int: same,
    uint: (x: Uint) => whole(x.value),
    double: (x: number) => (x > -TWO_63 && x < TWO_63 ? BigInt(Math.trunc(x)) : fail("overflow")),
    string: (text: string) => whole(readWhole(text, WHOLE)),
    timestamp: (x: Timestamp) => floorDivide(x.ns, SECOND),
  },
  uint: {
    uint: same,
    int: unsigned,
    double: (x: number) => (x >= 0 && x < TWO_63 * 2 ? unsigned(BigInt(Math.trunc(x))) : fail("overflow")),
    string: (text: string) => unsigned(readWhole(text, UNSIGNED)),
  },
  double: { double: same, int: Number, uint: (x: Uint) => Number(x.value), string: readDouble },
  string: {
    string: same,
    bool: String,
    int: String,
    uint: (x: Uint) => String(x.value),
    double: (x: number) => (Object.is(x, -0) ? "-0" : String(x)),
    bytes: readBytes,
    timestamp: writeTimestamp,
    duration: writeDuration,
  },
  bytes: { bytes: same, string: writeBytes },
  timestamp: { timestamp: same, string: readTimestamp, int: (x: bigint) => timestamp(x * SECOND) },
  duration: { duration: same, string: readDuration },
};

const TYPE_NAMES: Readonly<Record<string, string>> = {
  null: "null_type", timestamp: "google.protobuf.Timestamp", duration: "google.protobuf.Duration",
};

function typeOf(value: Value): TypeValue {
  const kind = kindOf(value);
  return new TypeValue(TYPE_NAMES[kind] ?? kind);
}

export const FUNCTIONS: Readonly<Record<string, Call>> = { ...callsOf(CONVERSIONS), type: (value = null) => typeOf(value) };
