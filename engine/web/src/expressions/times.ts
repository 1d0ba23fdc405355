/** Moments and spans of time: reading, writing, and their parts in a time zone. */
import { Duration, fail, Timestamp } from "./values.ts";

export const SECOND = 1_000_000_000n;
const MS = 1_000_000n;
const DAY_MS = 86_400_000;
const FIRST_MS = -62_135_596_800_000;
const LAST_MS = 253_402_300_799_999;
const FIRST = BigInt(FIRST_MS) * MS;
const LAST = BigInt(LAST_MS + 1) * MS - 1n;

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const SPAN = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|μs|ns))+|0)$/;
const SPAN_PART = /(\d*)\.?(\d*)(h|ms|m|s|us|µs|μs|ns)/g;
const LONGEST_SPAN = 100;
const OFFSET = /^([+-]?)(\d\d):(\d\d)$/;
const UNITS: Readonly<Record<string, bigint>> = {
  h: 3600n * SECOND, m: 60n * SECOND, s: SECOND, ms: MS, us: 1000n, "µs": 1000n, "μs": 1000n, ns: 1n,
};

/** That moment; fails outside the years 1 to 9999. */
export function timestamp(ns: bigint): Timestamp {
  return ns >= FIRST && ns <= LAST ? new Timestamp(ns) : fail("overflow");
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
function dayOf(year: number, month: number, day: number): Date {
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

const CYCLES: Readonly<Record<string, readonly [number, number]>> = {
  getHours: [3_600_000, 24], getMinutes: [60_000, 60], getSeconds: [1000, 60], getMilliseconds: [1, 1000],
};

const DATES: Readonly<Record<string, (local: Date) => number>> = {
  getFullYear: (local) => local.getUTCFullYear(),
  getMonth: (local) => local.getUTCMonth(),
  getDate: (local) => local.getUTCDate(),
  getDayOfMonth: (local) => local.getUTCDate() - 1,
  getDayOfWeek: (local) => local.getUTCDay(),
  getDayOfYear: (local) => {
    const first = new Date(local);
    first.setUTCMonth(0, 1);
    return Math.round((local.getTime() - first.getTime()) / DAY_MS);
  },
};

export const GETTERS: readonly string[] = [...Object.keys(CYCLES), ...Object.keys(DATES)];

/** What `getMonth`, `getHours` … give of a moment in a zone. */
export function partOfMoment(name: string, moment: Timestamp, zone: string): bigint {
  const utc = Number(floorDivide(moment.ns, MS));
  const local = utc + ahead(utc, zone);
  const cycle = CYCLES[name];
  if (!cycle) return BigInt(DATES[name]?.(new Date(local)) ?? 0);
  const [unit, length] = cycle;
  const turns = Math.floor(local / unit);
  return BigInt(turns - Math.floor(turns / length) * length);
}

/** The whole span in hours, minutes or seconds, towards zero; of milliseconds only those below a second. */
export function partOfSpan(name: string, span: Duration): bigint {
  const cycle = CYCLES[name];
  if (!cycle) return fail("type");
  return name === "getMilliseconds" ? (span.ns / MS) % 1000n : span.ns / (BigInt(cycle[0]) * MS);
}

/** Milliseconds by which the zone's clocks are ahead of UTC at that moment. */
function ahead(utc: number, zone: string): number {
  if (zone === "UTC") return 0;
  const offset = OFFSET.exec(zone);
  if (offset) return (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === "-" ? -60_000 : 60_000);
  const inside = Math.floor(Math.min(Math.max(utc, FIRST_MS + 2 * DAY_MS), LAST_MS - 2 * DAY_MS) / 1000) * 1000;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(inside)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return dayOf(year, month, day).setUTCHours(hour, minute, second) - inside;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let known = formatters.get(zone);
  if (!known) {
    known = newFormatter(zone);
    formatters.set(zone, known);
  }
  return known;
}

function newFormatter(timeZone: string): Intl.DateTimeFormat {
  const shown = "numeric";
  try {
    return new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
      timeZone, hourCycle: "h23", year: shown, month: shown, day: shown, hour: shown, minute: shown, second: shown,
    });
  } catch {
    return fail("bad_zone");
  }
}
