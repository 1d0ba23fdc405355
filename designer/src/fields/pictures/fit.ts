import type { Try } from "@mendloop/fields/picture_size.ts";

/** The longest side that a picture of an instruction needs, to be read when it is enlarged. */
export const LONGEST = 1600;

/** What is tried until a picture is small enough: first coarser, then smaller. */
export const TRIES: readonly Try[] = [
  { longest: LONGEST, quality: 0.86 }, { longest: LONGEST, quality: 0.7 }, { longest: 1280, quality: 0.65 }, { longest: 960, quality: 0.55 }, { longest: 640, quality: 0.5 },
];

/** The pictures among what was dropped or pasted; the same picture in several kinds comes once. */
export function picturesIn(files: Iterable<File>): readonly File[] {
  return [...files].filter(({ type, name }) => type.startsWith("image/") || /\.(jpe?g|png|webp|avif|gif|bmp)$/i.test(name));
}

/** What a file's name tells of its picture: without its ending, its number and what cameras and phones write. */
export function toldByName(name: string): string {
  const stem = name.replace(/\.\w+$/, "").replace(/[_-]+/g, " ").trim();
  return /^(img|dsc|image|photo|screenshot|pasted|mmexport|微信图片|屏幕截图|截图|\d|\(|\)|\s)+/iu.test(stem) ? "" : stem;
}
