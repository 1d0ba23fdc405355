/** Moments and spans of time: reading and writing them. */
import { Duration, fail, text, Timestamp } from "./values.ts";
import type { Value } from "./values.ts";
import { learn } from "./vocabulary.ts";

export const SECOND = 1_000_000_000n;
export const MS = 1_000_000n;

const DATE = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const SPAN = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|μs|ns))+|0)$/;
const SPAN_PART = /(\d*)\.?(\d*)(h|ms|m|s|us|µs|μs|ns)/g;
const LONGEST_SPAN = 100;
const UNITS: Readonly<Record<string, bigint>> = {
  h: 3600n * SECOND, m: 60n * SECOND, s: SECOND, ms: MS, us: 1000n, "µs": 1000n, "μs": 1000n, ns: 1n,
};

const FIRST_MOMENT = -62_135_596_800_000_000_000n;
const LAST_MOMENT = 253_402_300_799_999_999_999n;

/** That moment; fails outside the years 1 to 9999. */
export function timestamp(ns: bigint): Timestamp {
  return ns >= FIRST_MOMENT && ns <= LAST_MOMENT ? new Timestamp(ns) : fail("overflow");
}

/** That span; fails outside 64 bits. */
export function duration(ns: bigint): Duration {
  return BigInt.asIntN(64, ns) === ns ? new Duration(ns) : fail("overflow");
}

/** `a / b` rounded down. */
export function floorDivide(a: bigint, b: bigint): bigint {
  return a / b - (a % b < 0n ? 1n : 0n);
}

/** RFC 3339, up to nine decimals. */
export function readTimestamp(text: string): Timestamp {
  const found = MOMENT.exec(text);
  if (!found) return fail("conversion");
  const seconds = BigInt(daySeconds(numbers(found, 1)) + clock(numbers(found, 4)));
  const ahead = BigInt(clock([...numbers(found, 9).slice(0, 2), 0]));
  return timestamp((found[8] === "-" ? seconds + ahead : seconds - ahead) * SECOND + BigInt((found[7] ?? "").padEnd(9, "0")));
}

/** Up to three groups as numbers. */
const numbers = (found: RegExpExecArray, from: number): number[] => found.slice(from, from + 3).map((digits) => Number(digits || 0));

function clock([hour = 0, minute = 0, second = 0]: readonly number[]): number {
  return hour > 23 || minute > 59 || second > 59 ? fail("conversion") : hour * 3600 + minute * 60 + second;
}

/** When a day begins; fails for one that no calendar has. */
function daySeconds([year = 0, month = 0, day = 0]: readonly number[]): number {
  const date = dayOf(year, month, day);
  const real = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.getTime() / 1000 : fail("conversion");
}

/** Midnight UTC; `Date.UTC` would take the years up to 99 for those of the last century. */
export function dayOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

const decimals = (ns: bigint): string => (ns ? `.${ns.toString().padStart(9, "0")}`.replace(/0+$/, "") : "");

/** RFC 3339 in UTC, with as many decimals as it needs. */
export function writeTimestamp(moment: Timestamp): string {
  const seconds = floorDivide(moment.ns, SECOND);
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}${decimals(moment.ns - seconds * SECOND)}Z`;
}

/** `1h30m`, `-2.5s`, `10ms`. */
export function readDuration(text: string): Duration {
  const found = text.length <= LONGEST_SPAN ? SPAN.exec(text) : null;
  if (!found) return fail("conversion");
  let total = 0n;
  for (const [, before = "", after = "", unit = ""] of (found[2] ?? "").matchAll(SPAN_PART)) {
    const size = UNITS[unit] ?? 0n;
    total += BigInt(before) * size + (BigInt(after) * size) / 10n ** BigInt(after.length);
  }
  return duration(found[1] === "-" ? -total : total);
}

/** Seconds with as many decimals as they need: `90s`, `-0.5s`. */
export function writeDuration(span: Duration): string {
  const size = span.ns < 0n ? -span.ns : span.ns;
  return `${span.ns < 0n ? "-" : ""}${size / SECOND}${decimals(size % SECOND)}s`;
}

/** `x + y` or `x - y`, where one is a span or both are moments. */
function shifted(operator: string, x: Value, y: Value): Value {
  if (operator !== "+" && operator !== "-") return fail("type");
  const sign = operator === "+" ? 1n : -1n;
  if (y instanceof Duration) {
    if (x instanceof Timestamp) return timestamp(x.ns + sign * y.ns);
    if (x instanceof Duration) return duration(x.ns + sign * y.ns);
  }
  if (y instanceof Timestamp) {
    if (x instanceof Timestamp && sign < 0n) return duration(x.ns - y.ns);
    if (x instanceof Duration && sign > 0n) return timestamp(x.ns + y.ns);
  }
  return fail("type");
}

/** From now on there are moments and spans of time. */
export function teach(): void {
  learn({
    readers: {
      timestamp: (json) => readTimestamp(DATE.test(text(json)) ? `${text(json)}T00:00:00Z` : text(json)),
      duration: (json) => readDuration(text(json)),
    },
    writers: { timestamp: writeTimestamp, duration: writeDuration },
    sums: { shifted },
  });
}
