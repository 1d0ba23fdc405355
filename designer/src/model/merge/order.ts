/**
 * Both orders as one: *theirs*, with what is only in *mine* put where it stands there, and what was moved in *mine* moved.
 * `present` says what is left; every one of it is in the answer, once.
 */
export function mergedOrder(base: readonly string[], mine: readonly string[], theirs: readonly string[], present: ReadonlySet<string>): readonly string[] {
  const moved = movedBy(base, mine);
  const order = theirs.filter((mark) => present.has(mark) && !moved.has(mark));
  const placed = new Set(order);
  const steady = new Set(order);
  for (const mark of movedBy(base, theirs)) steady.delete(mark);
  mine.forEach((mark, index) => {
    if (!present.has(mark) || placed.has(mark)) return;
    order.splice(placeFor(order, mine, index, moved.has(mark) ? steady : placed), 0, mark); // what was moved was not moved after what the other has moved away
    placed.add(mark);
    steady.add(mark);
  });
  return order;
}

/** After the nearest one before it that is placed, else before the nearest one after it; else last. */
function placeFor(order: readonly string[], mine: readonly string[], index: number, placed: ReadonlySet<string>): number {
  for (let before = index - 1; before >= 0; before -= 1) {
    const mark = mine[before] ?? "";
    if (placed.has(mark)) return order.indexOf(mark) + 1;
  }
  const after = mine.slice(index + 1).find((mark) => placed.has(mark));
  return after === undefined ? order.length : order.indexOf(after);
}

/** The fewest that have to be moved to come from one order to the other. */
export function movedBy(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const places = new Map(before.map((mark, index) => [mark, index]));
  const common = after.filter((mark) => places.has(mark));
  const stay = longestRise(common.map((mark) => places.get(mark) ?? 0));
  return new Set(common.filter((_, index) => !stay.has(index)));
}

/** Places of a longest rising subsequence. */
function longestRise(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  numbers.forEach((number, index) => {
    let length = ends.findIndex((end) => (numbers[end] ?? 0) >= number);
    if (length < 0) length = ends.length;
    previous[index] = ends[length - 1];
    ends[length] = index;
  });
  const rise = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) rise.add(at);
  return rise;
}
