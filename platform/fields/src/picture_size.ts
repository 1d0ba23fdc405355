/** One way to draw a picture: how long its longest side is, and how good it is as a JPEG, from 0 to 1. */
export interface Try {
  readonly longest: number;
  readonly quality: number;
}

/** Width and height within `longest`, never larger than they are, never nothing. */
export function fitted(width: number, height: number, longest: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The first of what `draw` makes of `tries` that has at most `most` bytes; null when none has. */
export async function firstWithin(tries: readonly Try[], most: number, draw: (longest: number, quality: number) => Promise<Blob>): Promise<Blob | null> {
  for (const { longest, quality } of tries) {
    const made = await draw(longest, quality);
    if (made.size <= most) return made;
  }
  return null;
}
