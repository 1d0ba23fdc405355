/** Moments are strings `YYYY-MM-DDTHH:MM:SS.mmmZ`; between them only our own arithmetic, no Date. */

const MOMENT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\.(\d{3})Z$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
export const DAY_MS = 86_400_000;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Milliseconds since 1970 of a moment, or null when `text` is none. Years 0001 to 9999, no leap second. */
export function parseMoment(text: unknown): number | null {
  const found = typeof text === "string" ? MOMENT.exec(text) : null;
  if (found === null) return null;
  const midnight = parseDay(found[0].slice(0, 10));
  const [hour, minute, second, milli] = found.slice(4).map(Number) as [number, number, number, number];
  if (midnight === null || hour > 23 || minute > 59 || second > 59) return null;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000 + milli;
}

/** Milliseconds since 1970 of midnight UTC of `YYYY-MM-DD`, or null when `text` is no day. */
export function parseDay(text: unknown): number | null {
  const found = typeof text === "string" ? DAY.exec(text) : null;
  if (found === null) return null;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  return isDay(year, month, day) ? daysSince1970(year, month, day) * DAY_MS : null;
}

function isDay(year: number, month: number, day: number): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Howard Hinnant's days_from_civil: the year begins in March, so that the leap day is its last. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Milliseconds from `since` to `at`, both moments; 0 when the clock went backwards. */
export function elapsedMs(since: string, at: string): number {
  const start = parseMoment(since);
  const end = parseMoment(at);
  return start !== null && end !== null ? Math.max(0, end - start) : 0;
}

/** A moment as expressions write it, with any number of decimals or none, cut to three. */
export function toMillisecond(text: string): string {
  const [whole = "", fraction = ""] = text.replace(/Z$/, "").split(".");
  return `${whole}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
}
