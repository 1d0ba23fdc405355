import type { Session } from "../api/types.ts";
import { language, say } from "./index.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "25 min" or "1 h 5 min", as the language writes it. */
export function minutes(whole: number): string {
  const rounded = Math.max(1, Math.round(whole));
  if (rounded < 60) return say("time.minutes", { n: rounded });
  const rest = rounded % 60;
  return rest === 0 ? say("time.hours", { h: Math.floor(rounded / 60) }) : say("time.hours_minutes", { h: Math.floor(rounded / 60), m: rest });
}

let zone: string | null = null;

/** Times are told on the organisation's clock, as in its record; a phone whose own clock is the same needs no help. */
export function keepTime({ time_zone, utc_offset_minutes }: Pick<Session, "time_zone" | "utc_offset_minutes">): void {
  zone = utc_offset_minutes === -new Date().getTimezoneOffset() ? null : time_zone ?? null;
}

/** Hours and minutes of a moment, with the day when it is not today. */
export function moment(at: string | null): string {
  const date = new Date(at ?? NaN);
  if (Number.isNaN(date.getTime())) return "";
  if (zone !== null) return inZone(date, zone);
  const isToday = date.toDateString() === new Date().toDateString();
  return language.value === "en" ? inEnglish(date, isToday) : inChinese(date, isToday);
}

function inZone(date: Date, timeZone: string): string {
  const isToday = date.toLocaleDateString("en", { timeZone }) === new Date().toLocaleDateString("en", { timeZone });
  const day = isToday ? {} : { month: "short", day: "numeric" } as const;
  return date.toLocaleString(language.value, { ...day, timeZone, hour: "2-digit", minute: "2-digit" }).replace(/\s/g, " ");
}

// By hand: the browser's own formatter takes 80 ms to wake on a slow phone, before the first field is shown.

function inEnglish(date: Date, isToday: boolean): string {
  const time = `${two(date.getHours() % 12 || 12)}:${two(date.getMinutes())} ${date.getHours() < 12 ? "AM" : "PM"}`;
  return isToday ? time : `${MONTHS[date.getMonth()] ?? ""} ${date.getDate()}, ${time}`;
}

function inChinese(date: Date, isToday: boolean): string {
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return isToday ? time : `${date.getMonth() + 1}月${date.getDate()}日 ${time}`;
}

function two(count: number): string {
  return String(count).padStart(2, "0");
}
