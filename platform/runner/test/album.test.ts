import { expect, test } from "vitest";
import { retaken, type Taken, withPhoto, without } from "@mendloop/fields/camera/album.ts";

const taken = (photo: string): Taken => ({ photo, source: "camera", at: "2026-11-23T08:00:00.000Z" });
const three = ["a", "b", "c"].map(taken);
const namesOf = (photos: readonly Taken[]): string => photos.map(({ photo }) => photo).join("");

test("a photo that is taken again stands where the old one stood", () => {
  expect(namesOf(retaken(three, "b", taken("d")))).toBe("adc");
});

test("a photo is never there twice, whichever way it came", () => {
  expect(namesOf(withPhoto(three, taken("a")))).toBe("bca");
  expect(namesOf(retaken(three, "b", taken("a")))).toBe("ac");
  expect(namesOf(retaken(three, "b", taken("b")))).toBe("abc");
});

test("a new photo is kept when the one it was to replace has gone in the meantime", () => {
  expect(namesOf(retaken(without(three, "b"), "b", taken("d")))).toBe("acd");
});

test("what was removed takes nothing else with it", () => {
  expect(namesOf(without(three, "b"))).toBe("ac");
  expect(namesOf(without(three, "x"))).toBe("abc");
});
