import type { Words } from "@mendloop/engine";

/** The languages every template is written in. */
export const TONGUES: readonly string[] = ["zh-CN", "en"];

/** The languages of these words, `first` first. */
export function tonguesOf(words: Words | undefined, first: string): readonly string[] {
  const all = [...new Set([...TONGUES, ...Object.keys(words ?? {})])];
  return [...all].sort((one, other) => Number(other === first) - Number(one === first));
}

/** True when a text lacks in a language: there is one in another, or there must be one. */
export function missingIn(words: Words | undefined, tongue: string, isRequired: boolean): boolean {
  const texts = words ?? {};
  if ((texts[tongue] ?? "").trim() !== "") return false;
  return isRequired || Object.values(texts).some((text) => text.trim() !== "");
}
