import { signal } from "@preact/signals";
import { rarely } from "../later.ts";
import type * as conditions from "../conditions/index.ts"; // only its types: the room itself is fetched

type Conditions = typeof conditions;

const room = signal<Conditions | null>(null);
const part = rarely(async () => await import("../conditions/index.ts"));

/** The builder of conditions, which is fetched when the first condition is shown; null until it is here. */
export function useConditions(): Conditions | null {
  if (room.peek() === null) part.get().then((found) => { room.value = found; }, () => null); // then it is said as it is written
  return room.value;
}

/** A condition as people say it; as it is written until that can be said. */
export function useSentence(): (template: Parameters<Conditions["sentenceOf"]>[0], node: string, source: string) => string {
  const found = useConditions();
  return found === null ? (_, __, source) => source : found.sentenceOf;
}
