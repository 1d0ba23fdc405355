import { useRef } from "preact/hooks";
import type { Ranked } from "./types.ts";

/** What is found, in the order in which it was shown first: nothing moves under the thumb that has just voted. */
export function useOrderOfFirst(found: readonly Ranked[]): readonly Ranked[] {
  const first = useRef<readonly string[]>([]);
  const ids = found.map(({ case: { id } }) => id);
  first.current = [...first.current.filter((id) => ids.includes(id)), ...ids.filter((id) => !first.current.includes(id))];
  return [...found].sort((one, other) => first.current.indexOf(one.case.id) - first.current.indexOf(other.case.id));
}
