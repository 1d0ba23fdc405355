import { type Signal, signal } from "@preact/signals";
import type { Words } from "@mendloop/engine";
import type english from "./english.ts";

export type Language = "zh-CN" | "en";
/** Every key that may be said. The catalogues of both languages hold exactly these. */
export type Word = keyof typeof english;
export type Params = Readonly<Record<string, string | number>>;
type Catalogue = Readonly<Partial<Record<Word, string>>>;

export const language: Signal<Language> = signal<Language>("zh-CN");
const catalogues: Record<Language, Catalogue> = { "zh-CN": {}, en: {} };

const LOADERS: Readonly<Record<Language, () => Promise<{ readonly default: Catalogue }>>> = {
  "zh-CN": async () => await import("./zh_cn.ts"),
  en: async () => await import("./english.ts"),
};

export function isLanguage(text: unknown): text is Language {
  return text === "zh-CN" || text === "en";
}

/** Speak `chosen` from now on, on everything that is open. */
export async function speak(chosen: Language): Promise<void> {
  catalogues[chosen] = (await LOADERS[chosen]()).default;
  language.value = chosen;
  document.documentElement.lang = chosen;
}

/** The words for `key`, with {places} filled. */
export function say(key: Word, params: Params = {}): string {
  const text = catalogues[language.value][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : place));
}

/** True when `key` can be said. */
export function isWord(key: string): key is Word {
  return Object.hasOwn(catalogues[language.peek()], key);
}

/** A template's words in the language that is spoken, else in whichever there is; empty when there are none. */
export function read(words: Words | string | null | undefined): string {
  if (typeof words === "string") return words;
  if (words === null || words === undefined) return "";
  return words[language.value] ?? words["en"] ?? Object.values(words)[0] ?? "";
}
