import { expect, test } from "vitest";
import { clockAt, momentOf, momentWords } from "../../src/times.ts";

const ZONES = ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", undefined];

test("a moment is told on the organisation's clock, wherever the browser stands", () => {
  expect(momentWords("2026-11-23T16:05:00.000Z", "en", "Asia/Shanghai")).toContain("Nov 24, 2026");
  expect(momentWords("2026-11-23T16:05:00.000Z", "en", "America/New_York")).toBe("Nov 23, 2026, 11:05");
  expect(momentWords("2026-11-23T16:05:00.000Z", "zh-CN", "Asia/Shanghai")).toContain("11月24日");
  expect(clockAt("2026-11-23T16:05:00.000Z", "Asia/Shanghai")).toBe("2026-11-24T00:05");
  expect(clockAt("2026-11-23T16:05:00.000Z", "America/New_York")).toBe("2026-11-23T11:05");
});

test("what is entered on that clock is the same moment again, in summer and in winter", () => {
  for (const zone of ZONES) {
    for (const at of ["2026-01-31T08:00:00.000Z", "2026-07-31T23:59:00.000Z", "2024-02-29T12:30:00.000Z"]) expect(momentOf(clockAt(at, zone), zone), `${zone} ${at}`).toBe(at);
  }
  expect(momentOf("2026-07-01T08:00", "America/New_York")).toBe("2026-07-01T12:00:00.000Z");
});

test("what is no moment shows nothing", () => {
  expect([clockAt(undefined, "UTC"), clockAt("soon", "UTC")]).toEqual(["", ""]);
});
