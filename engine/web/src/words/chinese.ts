import words from "../../../mendloop_engine/words/problems.zh-CN.json" with { type: "json" };
import type { Problem } from "../problems.ts";
import { spoken } from "./spoken.ts";

/** A problem in Chinese. */
export function say(found: Problem): string {
  return spoken(found, words, "zh-CN");
}
