import { language, say } from "./index.ts";

/** "25 min" or "1 h 5 min", as the language writes it. */
export function minutes(whole: number): string {
  const rounded = Math.max(1, Math.round(whole));
  if (rounded < 60) return say("time.minutes", { n: rounded });
  const rest = rounded % 60;
  return rest === 0 ? say("time.hours", { h: Math.floor(rounded / 60) }) : say("time.hours_minutes", { h: Math.floor(rounded / 60), m: rest });
}

/** Hours and minutes of a moment, with the day when it is not today. */
export function moment(at: string | null): string {
  const date = new Date(at ?? NaN);
  if (Number.isNaN(date.getTime())) return "";
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(language.value, { ...(today ? {} : { month: "short", day: "numeric" }), hour: "2-digit", minute: "2-digit" });
}
