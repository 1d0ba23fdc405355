/** The functions on texts, numbers and sizes, by name and by the kinds of their arguments. */
import * as texts from "./texts.ts";
import { EvaluationError, fail, kindOf, points, Uint, whole } from "./values.ts";
import type { CelMap, Value } from "./values.ts";

/** A function of the profile; it checks its arguments itself. */
export type Call = (...given: readonly Value[]) => Value;
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

export type ByKind = Readonly<Record<string, Readonly<Record<string, Shaped>>>>;

/** Each name's rules as a function. */
export function callsOf(rules: ByKind): Record<string, Call> {
  return Object.fromEntries(Object.entries(rules).map(([name, kinds]) => [name, byKind(kinds)]));
}

const TEXT = "string", INT = "int";

const BY_KIND: ByKind = {
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
  "math.abs": { double: Math.abs, int: (x: bigint) => whole(x < 0n ? -x : x), uint: (x: Uint) => x },
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

const NUMBERS = new Set(["int", "uint", "double"]);

/** Numbers of different types are compared as mathematics has it. */
const plain = (number: Value): number | bigint => (number instanceof Uint ? number.value : (number as number | bigint));

function extreme(beats: (x: number | bigint, y: number | bigint) => boolean): Call {
  return (...given) => {
    const numbers = given.length === 1 && Array.isArray(given[0]) ? (given[0] as readonly Value[]) : given;
    let best: Value = numbers[0] ?? null;
    if (numbers.length === 0) return fail("type");
    for (const number of numbers) {
      if (number instanceof EvaluationError) return fail(number.kind);
      if (!NUMBERS.has(kindOf(number))) return fail("type");
      if (beats(plain(number), plain(best))) best = number;
    }
    return best;
  };
}

export const FUNCTIONS: Readonly<Record<string, Call>> = {
  ...Object.fromEntries(Object.entries(TEXT_FUNCTIONS).map(([name, rule]) => [name, typed(...rule)])),
  ...callsOf(BY_KIND),
  "math.greatest": extreme((x, y) => x > y),
  "math.least": extreme((x, y) => x < y),
};
