import type { Words } from "@mendloop/engine";
import { TONGUES } from "../model/tongues.ts";

export { TONGUES, tonguesIn } from "../model/tongues.ts";

/** The languages of these words, `first` first; what they say in a language that the template is not written in is left alone. */
export function tonguesOf(words: Words | undefined, first: string, written: readonly string[]): readonly string[] {
  const others = Object.keys(words ?? {}).filter((tongue) => !TONGUES.includes(tongue));
  return [...new Set([...written, ...others])].sort((one, other) => Number(other === first) - Number(one === first));
}

/** True when a text lacks in a language: there is one in another, or there must be one. */
export function missingIn(words: Words | undefined, tongue: string, isRequired: boolean): boolean {
  const texts = words ?? {};
  if ((texts[tongue] ?? "").trim() !== "") return false;
  return isRequired || Object.values(texts).some((text) => text.trim() !== "");
}
