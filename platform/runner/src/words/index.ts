import { type Signal, signal } from "@preact/signals";
import type { Words } from "@mendloop/engine";
import type { FieldWord, Language, Params } from "@mendloop/fields";
import type english from "./en.json";

/** Every key that may be said: the app's own and the fields'. Both catalogues hold exactly these. */
export type Word = keyof typeof english | FieldWord;
type Catalogue = Readonly<Record<Word, string>>;

export const language: Signal<Language> = signal<Language>("zh-CN");
const catalogue: Signal<Catalogue | null> = signal<Catalogue | null>(null);

/** Each language is a piece of its own: only the one that is read is fetched. */
const LOADERS: Readonly<Record<Language, () => Promise<{ readonly default: Catalogue }>>> = {
  "zh-CN": async () => await import("./zh_cn.ts"),
  en: async () => await import("./english.ts"),
};

export function isLanguage(text: unknown): text is Language {
  return text === "zh-CN" || text === "en";
}

/** Speak `wanted` from now on, on every screen that is open. */
export async function speak(wanted: Language): Promise<void> {
  const loaded = await LOADERS[wanted]();
  catalogue.value = loaded.default;
  language.value = wanted;
  document.documentElement.lang = wanted;
}

/** The words for `key`, with {places} filled. */
export function say(key: Word, params: Params = {}): string {
  return fill(catalogue.value?.[key] ?? key, params);
}

export function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : place));
}

/** A template's words in the language that is spoken, else in whichever there is. */
export function read(words: Words | string | null | undefined): string {
  if (typeof words === "string") return words;
  if (words === null || words === undefined) return "";
  return words[language.value] ?? words["en"] ?? Object.values(words)[0] ?? "";
}

/** True when `key` can be said. */
export function isWord(key: string): key is Word {
  return catalogue.peek() !== null && Object.hasOwn(catalogue.peek() ?? {}, key);
}
