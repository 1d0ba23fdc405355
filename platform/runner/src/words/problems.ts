import { messageOf, type Problem } from "@mendloop/engine";
import { language } from "./index.ts";

/** A problem as a person reads it. */
export function explain(problem: Problem): string {
  return messageOf(problem, language.value);
}
