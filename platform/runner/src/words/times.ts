import type { Session } from "../api/types.ts";
import { language, say } from "./index.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "25 min" or "1 h 5 min", as the language writes it: whole minutes, as in the record. */
export function minutes(whole: number): string {
  const rounded = Math.round(whole);
  if (rounded < 60) return say("time.minutes", { n: rounded });
  const rest = rounded % 60;
  return rest === 0 ? say("time.hours", { h: Math.floor(rounded / 60) }) : say("time.hours_minutes", { h: Math.floor(rounded / 60), m: rest });
}

let zone: string | null = null;

/** Times are told on the organisation's clock, as in its record; a phone whose own clock is the same needs no help. */
export function keepTime({ time_zone, utc_offset_minutes }: Pick<Session, "time_zone" | "utc_offset_minutes">): void {
  zone = utc_offset_minutes === -new Date().getTimezoneOffset() ? null : time_zone ?? null;
}

/** Hours and minutes of a moment, of 24 hours as in the record; with the day when it is not today, and its year when it is not this one. */
export function moment(at: string | null): string {
  const date = new Date(at ?? NaN);
  if (Number.isNaN(date.getTime())) return "";
  if (zone !== null) return inZone(date, zone);
  return told(date, new Date());
}

/** Both moments as clocks in the zone show them. */
function inZone(date: Date, timeZone: string): string {
  const there = (at: Date): Date => new Date(at.toLocaleString("en-US", { timeZone }));
  return told(there(date), there(new Date()));
}

// By hand: the browser's own formatter takes 80 ms to wake on a slow phone, before the first field is shown.

function told(date: Date, now: Date): string {
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === now.toDateString()) return time;
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const isNow = year === now.getFullYear();
  if (language.value === "en") return `${MONTHS[month] ?? ""} ${day}, ${isNow ? "" : `${year}, `}${time}`;
  return `${isNow ? "" : `${year}年`}${month + 1}月${day}日 ${time}`;
}

function two(count: number): string {
  return String(count).padStart(2, "0");
}
