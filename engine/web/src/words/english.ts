import words from "../../../mendloop_engine/words/problems.en.json" with { type: "json" };
import type { Problem } from "../problems.ts";
import { spoken } from "./spoken.ts";

/** A problem in English. */
export function say(found: Problem): string {
  return spoken(found, words, "en");
}
