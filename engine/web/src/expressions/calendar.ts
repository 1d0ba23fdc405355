/** The parts of moments and spans of time, in a time zone. */
import { dayOf, floorDivide, MS } from "./times.ts";
import { Duration, fail, Timestamp } from "./values.ts";
import type { Value } from "./values.ts";
import type { Call } from "./library.ts";

const DAY_MS = 86_400_000;
const FIRST_MS = -62_135_596_800_000;
const LAST_MS = 253_402_300_799_999;
const OFFSET = /^([+-]?)(\d\d):(\d\d)$/;

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

/** What `getMonth`, `getHours` … give of a moment in a zone. */
function partOfMoment(name: string, moment: Timestamp, zone: string): bigint {
  const utc = Number(floorDivide(moment.ns, MS));
  const local = utc + ahead(utc, zone);
  const cycle = CYCLES[name];
  if (!cycle) return BigInt(DATES[name]?.(new Date(local)) ?? 0);
  const [unit, length] = cycle;
  const turns = Math.floor(local / unit);
  return BigInt(turns - Math.floor(turns / length) * length);
}

/** The whole span in hours, minutes or seconds, towards zero; of milliseconds only those below a second. */
function partOfSpan(name: string, span: Duration): bigint {
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

function part(name: string): Call {
  return (value: Value = null, zone: Value = "UTC", ...more) => {
    if (more.length > 0 || typeof zone !== "string") return fail("type");
    if (value instanceof Timestamp) return partOfMoment(name, value, zone);
    return value instanceof Duration && zone === "UTC" ? partOfSpan(name, value) : fail("type");
  };
}

export const FUNCTIONS: Readonly<Record<string, Call>> =
  Object.fromEntries([...Object.keys(CYCLES), ...Object.keys(DATES)].map((name) => [name, part(name)]));
