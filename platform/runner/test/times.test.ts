import { afterEach, expect, test } from "vitest";
import { language } from "../src/words/index.ts";
import { moment } from "../src/words/times.ts";

const was = language.peek();
afterEach(() => { language.value = was; });

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
