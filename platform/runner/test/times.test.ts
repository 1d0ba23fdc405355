import { afterEach, expect, test } from "vitest";
import { language } from "../src/words/index.ts";
import { keepTime, moment } from "../src/words/times.ts";

const was = language.peek();
afterEach(() => { language.value = was; keepTime({}); });

const hours = Array.from({ length: 24 }, (_, hour) => new Date(2026, hour % 12, 3 + hour, hour, (hour * 7) % 60));

test.each(["en", "zh-CN"] as const)("a moment reads as the browser itself would write it in %s", (spoken) => {
  language.value = spoken;
  for (const date of hours) {
    const wanted = date.toLocaleString(spoken, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
    expect(moment(date.toISOString())).toBe(wanted.replace(/\s/g, " ").replace(/ 24:/, " 00:"));
  }
});

test("a moment of today is said without the day", () => {
  language.value = "zh-CN";
  const now = new Date();
  expect(moment(now.toISOString())).toBe(`${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`);
});

test("what is no moment is not said", () => {
  expect([moment(null), moment("soon")]).toEqual(["", ""]);
});

const ahead = (minutes: number): number => minutes - new Date().getTimezoneOffset();

test("a moment is told on the organisation's clock where the phone's is another", () => {
  language.value = "zh-CN";
  keepTime({ time_zone: "Asia/Shanghai", utc_offset_minutes: ahead(60) });
  expect(moment("2026-01-05T23:30:00.000Z")).toBe("1月6日 07:30");
  language.value = "en";
  expect(moment("2026-01-05T23:30:00.000Z")).toBe("Jan 6, 07:30 AM");
});

test("a phone on the organisation's own clock, or of a session that names none, tells its own time", () => {
  language.value = "zh-CN";
  const at = new Date(2026, 0, 5, 9, 30).toISOString();
  keepTime({ time_zone: "Asia/Shanghai", utc_offset_minutes: ahead(0) });
  expect(moment(at)).toBe("1月5日 09:30");
  keepTime({});
  expect(moment(at)).toBe("1月5日 09:30");
});
