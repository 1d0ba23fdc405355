/** Texts are counted in code points, as the server counts them: an emoji is one. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index++) if (isPair(text, index)) count--;
  return count;
}

function isPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800;
}

/** `texts` in the order of their code points, which is the server's; JavaScript's own goes by UTF-16 code units. */
export function sortedTexts(texts: readonly string[]): string[] {
  return [...texts].sort(byCodePoints);
}

function byCodePoints(one: string, other: string): number {
  const [left, right] = [Array.from(one), Array.from(other)];
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at < 0) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? -1) - (right[at]?.codePointAt(0) ?? -1);
}
