/** The functions of the profile, by name and by the kinds of their arguments. */
import { ordered } from "./operators.ts";
import * as texts from "./texts.ts";
import {
  floorDivide, GETTERS, partOfMoment, partOfSpan, readDuration, readTimestamp, SECOND, timestamp, writeDuration, writeTimestamp,
} from "./times.ts";
import { Duration, EvaluationError, fail, kindOf, MAX_TEXT, points, Timestamp, TypeValue, Uint, unsigned, whole } from "./values.ts";
import type { CelMap, Value } from "./values.ts";

type Call = (...given: readonly Value[]) => Value;
// One table holds functions of many shapes: `typed` has checked the kinds before it calls.
type Shaped = (...given: never[]) => Value;

/** `run`, failing unless it gets arguments of just these kinds, those after `least` being optional. */
function typed(kinds: readonly string[], least: number, run: Shaped): Call {
  return (...given) => {
    const fits = given.length >= least && given.length <= kinds.length && given.every((one, at) => kindOf(one) === kinds[at]);
    return fits ? (run as Call)(...given) : fail("type");
  };
}

/** The rule for the kind of the only argument. */
function byKind(rules: Readonly<Record<string, Shaped>>): Call {
  return (...given) => {
    const rule = given.length === 1 ? rules[kindOf(given[0] ?? null)] : undefined;
    return rule ? (rule as Call)(...given) : fail("type");
  };
}

const same = (value: Value): Value => value;
const TEXT = "string", INT = "int";

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

const CONVERSIONS: Readonly<Record<string, Readonly<Record<string, Shaped>>>> = {
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
  size: {
    string: (x: string) => BigInt(points(x)),
    bytes: (x: Uint8Array) => BigInt(x.length),
    list: (x: readonly Value[]) => BigInt(x.length),
    map: (x: CelMap) => BigInt(x.size),
  },
  "math.ceil": { double: Math.ceil },
  "math.floor": { double: Math.floor },
  "math.trunc": { double: Math.trunc },
  "math.round": { double: round },
  "math.abs": { double: Math.abs, int: (x: bigint) => whole(x < 0n ? -x : x), uint: same },
  "math.sign": {
    double: Math.sign,
    int: (x: bigint) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
    uint: (x: Uint) => new Uint(x.value > 0n ? 1n : 0n),
  },
};

/** To the nearest whole number, halves away from zero. */
function round(x: number): number {
  const cut = Math.trunc(x);
  return Math.abs(x - cut) >= 0.5 ? cut + Math.sign(x) : cut;
}

const TEXT_FUNCTIONS: Readonly<Record<string, readonly [readonly string[], number, Shaped]>> = {
  contains: [[TEXT, TEXT], 2, (text: string, part: string) => text.includes(part)],
  startsWith: [[TEXT, TEXT], 2, (text: string, part: string) => text.startsWith(part)],
  endsWith: [[TEXT, TEXT], 2, (text: string, part: string) => text.endsWith(part)],
  charAt: [[TEXT, INT], 2, texts.charAt],
  indexOf: [[TEXT, TEXT, INT], 2, texts.indexOf],
  lastIndexOf: [[TEXT, TEXT, INT], 2, texts.lastIndexOf],
  lowerAscii: [[TEXT], 1, (text: string) => text.replace(/[A-Z]+/g, (part) => part.toLowerCase())],
  upperAscii: [[TEXT], 1, (text: string) => text.replace(/[a-z]+/g, (part) => part.toUpperCase())],
  trim: [[TEXT], 1, texts.trim],
  reverse: [[TEXT], 1, (text: string) => Array.from(text).reverse().join("")],
  replace: [[TEXT, TEXT, TEXT, INT], 3, texts.replace],
  split: [[TEXT, TEXT, INT], 2, texts.split],
  substring: [[TEXT, INT, INT], 2, texts.substring],
  join: [["list", TEXT], 1, texts.join],
};

function part(name: string): Call {
  return (value = null, zone = "UTC", ...more) => {
    if (more.length > 0 || typeof zone !== "string") return fail("type");
    if (value instanceof Timestamp) return partOfMoment(name, value, zone);
    return value instanceof Duration && zone === "UTC" ? partOfSpan(name, value) : fail("type");
  };
}

const NUMBERS = new Set(["int", "uint", "double"]);

function extreme(operator: string): Call {
  return (...given) => {
    const numbers = given.length === 1 && Array.isArray(given[0]) ? (given[0] as readonly Value[]) : given;
    let best: Value = numbers[0] ?? null;
    if (numbers.length === 0) return fail("type");
    for (const number of numbers) {
      if (number instanceof EvaluationError) return fail(number.kind);
      if (!NUMBERS.has(kindOf(number))) return fail("type");
      if (ordered(operator, number, best, () => undefined)) best = number;
    }
    return best;
  };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  null: "null_type", timestamp: "google.protobuf.Timestamp", duration: "google.protobuf.Duration",
};

function typeOf(value: Value): TypeValue {
  const kind = kindOf(value);
  return new TypeValue(TYPE_NAMES[kind] ?? kind);
}

/** Every function by its name in the tree. */
export const FUNCTIONS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ...Object.entries(TEXT_FUNCTIONS).map(([name, rule]) => [name, typed(...rule)] as const),
  ...Object.entries(CONVERSIONS).map(([name, rules]) => [name, byKind(rules)] as const),
  ...GETTERS.map((name) => [name, part(name)] as const),
  ["type", (value = null) => typeOf(value)],
  ["math.greatest", extreme(">")],
  ["math.least", extreme("<")],
]);
