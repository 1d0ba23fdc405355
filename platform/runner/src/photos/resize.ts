import { firstWithin, fitted, type Try } from "@mendloop/fields/picture_size.ts";

/** The longest side that a photo needs to keep to be readable as proof. */
export const LONGEST = 2048;

/** What is tried, one after the other, until a picture is small enough: first coarser, then smaller. */
export const TRIES: readonly Try[] = [
  { longest: LONGEST, quality: 0.85 }, { longest: LONGEST, quality: 0.7 }, { longest: LONGEST, quality: 0.5 },
  { longest: 1600, quality: 0.6 }, { longest: 1280, quality: 0.5 }, { longest: 960, quality: 0.4 }, { longest: 640, quality: 0.4 },
];

/** The picture as a JPEG of at most `LONGEST` pixels a side and `most` bytes, turned as it was taken; null when it cannot be. */
export async function resized(picture: Blob, most: number): Promise<Blob | null> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: "from-image" });
  try {
    return await firstWithin(TRIES, most, async (longest, quality) => await drawn(bitmap, longest, quality));
  } finally {
    bitmap.close();
  }
}

async function drawn(bitmap: ImageBitmap, longest: number, quality: number): Promise<Blob> {
  const { width, height } = fitted(bitmap.width, bitmap.height, longest);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, width, height);
  return await canvas.convertToBlob({ type: "image/jpeg", quality });
}
