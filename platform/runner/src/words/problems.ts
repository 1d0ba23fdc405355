import type { Problem } from "@mendloop/engine";
import type { Language } from "@mendloop/fields";
import { type Signal, signal } from "@preact/signals";
import { language } from "./index.ts";

type Say = (problem: Problem) => string;

/** Each language's words for problems are a piece of their own, which nothing on the first screen needs. */
const LOADERS: Readonly<Record<Language, () => Promise<{ readonly say: Say }>>> = {
  "zh-CN": async () => await import("@mendloop/engine/words/chinese"),
  en: async () => await import("@mendloop/engine/words/english"),
};
const spoken: Readonly<Record<Language, Signal<Say | null>>> = { "zh-CN": signal<Say | null>(null), en: signal<Say | null>(null) };
const coming = new Set<Language>();

/** A problem as a person reads it. Where the words are still on their way it is drawn again when they are here. */
export function explain(problem: Problem): string {
  const say = spoken[language.value].value;
  if (say === null) void fetchProblemWords();
  return say?.(problem) ?? "…";
}

/** Have the words for problems here before there is one. Where they cannot be had, the bare code is said until they can. */
export async function fetchProblemWords(): Promise<void> {
  const wanted = language.value;
  if (coming.has(wanted)) return;
  coming.add(wanted);
  try {
    spoken[wanted].value = (await LOADERS[wanted]()).say;
  } catch {
    coming.delete(wanted);
    spoken[wanted].value ??= ({ code }) => code;
  }
}
