import { describe, expect, it } from "vitest";
import { firstWithin, fitted } from "@mendloop/fields/picture_size.ts";
import { LONGEST, picturesIn, toldByName, TRIES } from "../../src/fields/pictures/fit.ts";

describe("a picture is made to fit", () => {
  it("by its longer side, without being bent", () => {
    expect(fitted(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
    expect(fitted(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 });
  });
  it("and is never made larger, nor nothing", () => {
    expect(fitted(320, 200, 1600)).toEqual({ width: 320, height: 200 });
    expect(fitted(20_000, 3, 1600)).toEqual({ width: 1600, height: 1 });
  });
  it("first coarser, then smaller", () => {
    const sizes = TRIES.map(({ longest, quality }) => longest * longest * quality);
    expect([...sizes].sort((one, other) => other - one)).toEqual(sizes);
    expect(TRIES[0]?.longest).toBe(LONGEST);
  });
  it("by the first try that the server takes", async () => {
    const tried: number[] = [];
    const draw = async (longest: number, quality: number): Promise<Blob> => { tried.push(longest); return await Promise.resolve(new Blob([new Uint8Array(Math.round(longest * quality))])); };
    expect((await firstWithin(TRIES, 1_200, draw))?.size).toBe(1_120);
    expect(tried).toEqual([1600, 1600]);
  });
  it("or not at all", async () => { expect(await firstWithin(TRIES, 10, async () => await Promise.resolve(new Blob(["x".repeat(11)])))).toBeNull(); });
});

describe("of what is dropped", () => {
  it("pictures are taken, by kind or by name", () => {
    const files = [new File([], "a.pdf", { type: "application/pdf" }), new File([], "b.png", { type: "image/png" }), new File([], "c.JPG"), new File([], "d.txt")];
    expect(picturesIn(files).map(({ name }) => name)).toEqual(["b.png", "c.JPG"]);
  });
  it("a name that somebody gave becomes the words under the picture", () => {
    expect(toldByName("三颗螺钉_位置.png")).toBe("三颗螺钉 位置");
    expect(toldByName("pump-seal.jpeg")).toBe("pump seal");
  });
  it("names of cameras and phones do not", () => {
    for (const name of ["IMG_2041.jpg", "DSC00012.JPG", "微信图片_20261123.png", "20261123_101010.jpg", "image.png", "Screenshot 2026-11-23.png"]) expect(toldByName(name), name).toBe("");
  });
});
