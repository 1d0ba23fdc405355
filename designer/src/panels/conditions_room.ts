import { signal } from "@preact/signals";
import type * as conditions from "../conditions/index.ts"; // only its types: the room itself is fetched

type Conditions = typeof conditions;

const room = signal<Conditions | null>(null);
let isAsked = false;

/** The builder of conditions, which is fetched when the first condition is shown; null until it is here. */
export function useConditions(): Conditions | null {
  if (!isAsked) {
    isAsked = true;
    void import("../conditions/index.ts").then((found) => { room.value = found; });
  }
  return room.value;
}

/** A condition as people say it; as it is written until that can be said. */
export function useSentence(): (template: Parameters<Conditions["sentenceOf"]>[0], node: string, source: string) => string {
  const found = useConditions();
  return found === null ? (_, __, source) => source : found.sentenceOf;
}
