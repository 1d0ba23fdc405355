/** Arithmetic, equality, order, membership. Numbers are equal and ordered across types as mathematics has it. */
import {
  bounded, CelMap, Duration, fail, hundreds, kindOf, lookUpKey, MAX_LIST, Timestamp, Uint, whole,
} from "./values.ts";
import type { Value } from "./values.ts";

type Charge = (steps: number) => void;

const INT_MIN = -(2n ** 63n);

const DOUBLES: Readonly<Record<string, (x: number, y: number) => number>> = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
};

const WHOLES: Readonly<Record<string, (x: bigint, y: bigint) => bigint>> = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => (y === 0n ? fail("division_by_zero") : x / y),
  "%": remainder,
};

function remainder(x: bigint, y: bigint): bigint {
  if (y === -1n && x === INT_MIN) return fail("overflow");
  return y === 0n ? fail("division_by_zero") : x % y;
}

const noRule = (): never => fail("type");

/** What whole numbers of any size become. */
export const wholeRule = (operator: string): ((x: bigint, y: bigint) => bigint) => WHOLES[operator] ?? noRule;

/** `x operator y`. */
export function arithmetic(operator: string, x: Value, y: Value): Value {
  if (typeof x === "number" && typeof y === "number") return (DOUBLES[operator] ?? noRule)(x, y);
  if (typeof x === "bigint" && typeof y === "bigint") return whole(wholeRule(operator)(x, y));
  return (operator === "+" ? joined(x, y) : undefined) ?? RARE.scarce(operator, x, y) ?? RARE.shifted(operator, x, y);
}

function joined(x: Value, y: Value): Value | undefined {
  if (typeof x === "string" && typeof y === "string") return bounded(x + y);
  if (!Array.isArray(x) || !Array.isArray(y)) return undefined;
  return x.length + y.length > MAX_LIST ? fail("too_long") : [...x as Value[], ...y as Value[]];
}

/** Arithmetic of values that hardly any plan has: it comes with the part of the language that makes such values. */
export const RARE = {
  /** Of moments and spans of time. */
  shifted: (_operator: string, _x: Value, _y: Value): Value => fail("type"),
  /** Of unsigned numbers and bytes; undefined for anything else. */
  scarce: (_operator: string, _x: Value, _y: Value): Value | undefined => undefined,
  compareBytes: (_x: Uint8Array, _y: Uint8Array): number => fail("type"),
};

/** `-value`. */
export function negate(value: Value): Value {
  if (typeof value === "number") return -value;
  return typeof value === "bigint" ? whole(-value) : fail("type");
}

const isNumber = (value: Value): value is number | bigint | Uint =>
  typeof value === "number" || typeof value === "bigint" || value instanceof Uint;

type Plain = number | bigint | boolean;

const RELATIONS: Readonly<Record<string, (x: Plain, y: Plain) => boolean>> = {
  "<": (x, y) => x < y,
  "<=": (x, y) => x <= y,
  ">": (x, y) => x > y,
  ">=": (x, y) => x >= y,
};

/** `x operator y` for the four order operators. */
export function ordered(operator: string, x: Value, y: Value, charge: Charge): boolean {
  const relation = RELATIONS[operator] ?? noRule;
  if (typeof x === "number" && typeof y === "number") return relation(x, y);
  if (typeof x === "string" && typeof y === "string") {
    charge(hundreds(x));
    return relation(compareTexts(x, y), 0);
  }
  if (x instanceof Uint8Array && y instanceof Uint8Array) {
    charge(hundreds(x));
    return relation(RARE.compareBytes(x, y), 0);
  }
  if (!(isNumber(x) && isNumber(y)) && kindOf(x) !== kindOf(y)) return fail("type");
  return relation(plain(x), plain(y));
}

function plain(value: Value): Plain {
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return value;
  if (value instanceof Uint) return value.value;
  return value instanceof Timestamp || value instanceof Duration ? value.ns : fail("type");
}

/** By code point: surrogates, which stand for the highest ones, go last. */
function compareTexts(x: string, y: string): number {
  for (let at = 0; at < x.length && at < y.length; at++) {
    const a = x.charCodeAt(at), b = y.charCodeAt(at);
    if (a !== b) return rank(a) - rank(b);
  }
  return x.length - y.length;
}

const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);

/** Whether two values are the same; values of different kinds are not. */
export function equal(x: Value, y: Value, charge: Charge): boolean {
  if (typeof x !== "object" && typeof x === typeof y) return x === y;
  if (isNumber(x) && isNumber(y)) return plain(x) == plain(y); // eslint-disable-line eqeqeq -- 1n == 1 is meant
  if (x instanceof CelMap && y instanceof CelMap) return equalMaps(x, y, charge);
  if (Array.isArray(x) && Array.isArray(y)) {
    return x.length === y.length && (x as Value[]).every((item, at) => equalParts(item, (y as Value[])[at] ?? null, charge));
  }
  return equalObjects(x, y);
}

function equalObjects(x: Value, y: Value): boolean {
  const kind = kindOf(x);
  if (kind !== kindOf(y)) return false;
  if (x instanceof Uint8Array) return RARE.compareBytes(x, y as Uint8Array) === 0;
  if (kind === "type") return (x as { name: string }).name === (y as { name: string }).name;
  if (kind === "error") return (x as { kind: string }).kind === (y as { kind: string }).kind;
  return x === null || plain(x) === plain(y);
}

function equalParts(x: Value, y: Value, charge: Charge): boolean {
  charge(1);
  return equal(x, y, charge);
}

function equalMaps(x: CelMap, y: CelMap, charge: Charge): boolean {
  if (x.size !== y.size) return false;
  for (const [key, value] of x) {
    const other = y.get(key);
    if (other === undefined || !equalParts(value, other, charge)) return false;
  }
  return true;
}

/** `element in container`. */
export function contains(element: Value, container: Value, charge: Charge): boolean {
  if (Array.isArray(container)) return (container as Value[]).some((other) => equalParts(element, other, charge));
  if (!(container instanceof CelMap)) return fail("type");
  const key = lookUpKey(element);
  return key !== undefined && container.has(key);
}

/** `container[at]` of a list or a map. */
export function elementOf(container: Value, at: Value): Value {
  if (container instanceof CelMap) {
    const key = lookUpKey(at);
    return (key === undefined ? undefined : container.get(key)) ?? missing(container, key);
  }
  if (!Array.isArray(container)) return fail("type");
  const index = isNumber(at) ? Number(plain(at)) : -1;
  return index >= 0 && index < container.length && Number.isInteger(index)
    ? (container as Value[])[index] ?? null
    : fail("bad_index");
}

/** A null that is there is a value; anything else that was not found is an error. */
function missing(container: CelMap, key: string | bigint | boolean | undefined): Value {
  return key !== undefined && container.has(key) ? null : fail("no_such_key");
}

/** `container.name` of a map. */
export function select(container: Value, name: string): Value {
  return container instanceof CelMap ? container.get(name) ?? missing(container, name) : fail("type");
}
