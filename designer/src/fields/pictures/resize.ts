import { firstWithin, fitted } from "@mendloop/fields/picture_size.ts";
import { TRIES } from "./fit.ts";

/** What was chosen is no picture that this browser can read. */
export class NotAPicture extends Error {
  override readonly name = "NotAPicture";
}

/** However small it is made, it stays larger than the server takes. */
export class PictureTooLarge extends Error {
  override readonly name = "PictureTooLarge";
}

/** The picture as a JPEG that the server takes: upright, on white, no larger than it needs to be, and without what cameras write beside it. */
export async function resized(file: Blob, most: number): Promise<Blob> {
  const bitmap = await decoded(file);
  try {
    const made = await firstWithin(TRIES, most, async (longest, quality) => await drawn(bitmap, longest, quality));
    if (made === null) throw new PictureTooLarge(`more than ${most} bytes`);
    return made;
  } finally {
    bitmap.close();
  }
}

async function decoded(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (failure) {
    throw new NotAPicture("not to be decoded", { cause: failure });
  }
}

async function drawn(bitmap: ImageBitmap, longest: number, quality: number): Promise<Blob> {
  const { width, height } = fitted(bitmap.width, bitmap.height, longest);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new NotAPicture("no canvas");
  context.fillStyle = "white"; // drawings often have a clear background
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return await canvas.convertToBlob({ type: "image/jpeg", quality });
}
