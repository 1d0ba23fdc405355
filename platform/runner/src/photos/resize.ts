/** The longest side that a photo needs to keep to be readable as proof. */
export const LONGEST = 2048;
const QUALITY = 0.85;

/** Width and height within `longest`, never larger than they are. */
export function fitted(width: number, height: number, longest = LONGEST): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The picture as a JPEG of at most `LONGEST` pixels a side, turned as it was taken. */
export async function resized(picture: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: "from-image" });
  const size = fitted(bitmap.width, bitmap.height);
  const canvas = new OffscreenCanvas(size.width, size.height);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  return await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
}
