/** Where a value stands in each of the documents: lists shift, so that each has its own path. `marks` is the same for all. */
export interface Place {
  readonly marks: readonly string[];
  readonly mine: readonly (string | number)[];
  readonly theirs: readonly (string | number)[];
}

export const ROOT: Place = { marks: [], mine: [], theirs: [] };

export function member(place: Place, name: string): Place {
  return { marks: [...place.marks, name], mine: [...place.mine, name], theirs: [...place.theirs, name] };
}

/** The item with this mark; -1: it is not in that list. */
export function item(place: Place, mark: string, mine: number, theirs: number): Place {
  return { marks: [...place.marks, mark], mine: [...place.mine, mine], theirs: [...place.theirs, theirs] };
}
