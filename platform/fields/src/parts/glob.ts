/** `P-1*` fits `P-12`: the only wildcard is a star. */
export function fits(glob: string, text: string): boolean {
  const [first = "", ...rest] = glob.split("*");
  if (rest.length === 0) return glob === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const [place, piece] of rest.entries()) {
    const found = place === rest.length - 1 ? (text.endsWith(piece) ? text.length - piece.length : -1) : text.indexOf(piece, from);
    if (found < from) return false;
    from = found + piece.length;
  }
  return true;
}
