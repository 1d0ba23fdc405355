import { describe, expect, it } from "vitest";
import { parseDay, parseMoment } from "../src/time.ts";

describe("moments", () => {
  it("agree with the platform's calendar", () => {
    for (let ms = Date.UTC(1, 0, 1) - 6e13; ms < Date.UTC(9999, 11, 31); ms += 7_777_777_777_777) {
      const text = new Date(ms).toISOString();
      if (/^(?!0000)\d{4}/.test(text)) expect(parseMoment(text)).toBe(ms);
    }
  });

  it("are written in one way only", () => {
    const wrong = [
      "2026-02-29T00:00:00.000Z", "2026-01-01T24:00:00.000Z", "2026-01-01T00:00:60.000Z", "2026-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z",
      "2026-01-01T00:00:00.000+00:00", "2026-01-01T00:00:00.000z", " 2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z\n",
      "２026-01-01T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-00-01T00:00:00.000Z", "2026-01-00T00:00:00.000Z", 1, null,
    ];
    for (const text of wrong) expect(parseMoment(text)).toBeNull();
    expect(parseMoment("2024-02-29T23:59:59.999Z")).toBe(Date.UTC(2024, 1, 29, 23, 59, 59, 999));
  });

  it("a day is its midnight UTC", () => {
    expect(parseDay("1970-01-02")).toBe(86_400_000);
    expect(parseDay("1900-02-29")).toBeNull();
    expect(parseDay("2000-02-29")).toBe(Date.UTC(2000, 1, 29));
  });
});
