/** The longest side that a photo needs to keep to be readable as proof. */
export const LONGEST = 2048;

/** What is tried, one after the other, until a picture is small enough: first coarser, then smaller. */
export const TRIES: readonly { readonly longest: number; readonly quality: number }[] = [
  { longest: LONGEST, quality: 0.85 }, { longest: LONGEST, quality: 0.7 }, { longest: LONGEST, quality: 0.5 },
  { longest: 1600, quality: 0.6 }, { longest: 1280, quality: 0.5 }, { longest: 960, quality: 0.4 }, { longest: 640, quality: 0.4 },
];

/** Width and height within `longest`, never larger than they are. */
export function fitted(width: number, height: number, longest = LONGEST): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The first of what `draw` makes that has at most `most` bytes; null when none has. */
export async function firstWithin(most: number, draw: (longest: number, quality: number) => Promise<Blob>): Promise<Blob | null> {
  for (const { longest, quality } of TRIES) {
    const made = await draw(longest, quality);
    if (made.size <= most) return made;
  }
  return null;
}

/** The picture as a JPEG of at most `LONGEST` pixels a side and `most` bytes, turned as it was taken; null when it cannot be. */
export async function resized(picture: Blob, most: number): Promise<Blob | null> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: "from-image" });
  try {
    return await firstWithin(most, async (longest, quality) => await drawn(bitmap, longest, quality));
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
