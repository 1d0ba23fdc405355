import { afterEach, expect, test } from "vitest";
import { language } from "../src/words/index.ts";
import { keepTime, moment } from "../src/words/times.ts";

const was = language.peek();
afterEach(() => { language.value = was; keepTime({}); });

const year = new Date().getFullYear();

test.each([
  ["en", "Jan 3, 00:05", "Dec 31, 2024, 22:44"],
  ["zh-CN", "1月3日 00:05", "2024年12月31日 22:44"],
] as const)("a moment is told by 24 hours in %s, with its year when it is another one", (spoken, near, far) => {
  language.value = spoken;
  expect(moment(new Date(year, 0, 3, 0, 5).toISOString())).toBe(near);
  expect(moment(new Date(2024, 11, 31, 22, 44).toISOString())).toBe(far);
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
  expect(moment(`${year}-01-05T23:30:00.000Z`)).toBe("1月6日 07:30");
  language.value = "en";
  expect(moment(`${year}-01-05T23:30:00.000Z`)).toBe("Jan 6, 07:30");
});

test("a phone on the organisation's own clock, or of a session that names none, tells its own time", () => {
  language.value = "zh-CN";
  const at = new Date(year, 0, 5, 9, 30).toISOString();
  keepTime({ time_zone: "Asia/Shanghai", utc_offset_minutes: ahead(0) });
  expect(moment(at)).toBe("1月5日 09:30");
  keepTime({});
  expect(moment(at)).toBe("1月5日 09:30");
});
