/** Where things of a list stand on the screen, from top to bottom. */
export interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** The gap that `y` is nearest to: 0 is before the first, n after the last. */
export function gapAt(spans: readonly Span[], y: number): number {
  const below = spans.findIndex(({ top, bottom }) => y < (top + bottom) / 2);
  return below < 0 ? spans.length : below;
}

/** Where one that stood at `from` stands after it was put into `gap`. */
export function placeAfter(from: number, gap: number): number {
  return gap > from ? gap - 1 : gap;
}

/** The list with those of `chosen` together in `gap`, in the order in which they stood. */
export function gathered<T>(list: readonly T[], chosen: (each: T) => boolean, gap: number): readonly T[] {
  const before = list.slice(0, gap).filter((each) => !chosen(each));
  const after = list.slice(gap).filter((each) => !chosen(each));
  return [...before, ...list.filter(chosen), ...after];
}

/** The list with one thing elsewhere. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const rest = list.filter((_, place) => place !== from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}

const EDGE = 56;
const FASTEST = 18;

/** Pixels a frame by which the list moves under a pointer at `y`: near an edge, the nearer the faster. */
export function scrollSpeed(y: number, { top, bottom }: Span): number {
  if (y < top + EDGE) return -Math.ceil(FASTEST * Math.min(1, (top + EDGE - y) / EDGE));
  if (y > bottom - EDGE) return Math.ceil(FASTEST * Math.min(1, (y - bottom + EDGE) / EDGE));
  return 0;
}

/** What lies between the one that was chosen last and this one, both included; only this one where nothing was. */
export function stretch(ids: readonly string[], from: string | undefined, to: string): readonly string[] {
  const [one, other] = [ids.indexOf(from ?? to), ids.indexOf(to)];
  if (one < 0 || other < 0) return [to];
  return ids.slice(Math.min(one, other), Math.max(one, other) + 1);
}
