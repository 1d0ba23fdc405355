import type { Problem } from "../problems.ts";
import * as chinese from "./chinese.ts";
import * as english from "./english.ts";

/** The problem in words a person reads, in English where the language is unknown; the code itself when there are no words. */
export function messageOf(found: Problem, language: string): string {
  return language === "zh-CN" ? chinese.say(found) : english.say(found);
}
