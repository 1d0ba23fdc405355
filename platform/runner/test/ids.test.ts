import { expect, test } from "vitest";
import { newId } from "../src/store/ids.ts";

test("an id is a UUID of version 7 that begins with its moment", () => {
  expect(newId(0x0123456789ab, new Uint8Array(10).fill(0xff))).toBe("01234567-89ab-7fff-bfff-ffffffffffff");
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("later ids sort later", () => {
  expect([newId(2_000), newId(1_000)].sort()[0]).toMatch(/^00000000-03e8/);
});
