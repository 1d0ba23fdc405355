import { type Signal, signal } from "@preact/signals";
import type { Words } from "@mendloop/engine";
import type { FieldWord, Language, Params } from "@mendloop/fields";
import { fetchBeside } from "@mendloop/fields/lazily.tsx";
import type english from "./en.json";
import type more from "./en.more.json";

/** Every key that may be said: the app's own and the fields'. The catalogues of both languages hold exactly these. */
export type Word = keyof typeof english | keyof typeof more | FieldWord;
type Catalogue = Readonly<Partial<Record<Word, string>>>;
type Load = () => Promise<{ readonly default: Catalogue }>;

export const language: Signal<Language> = signal<Language>("zh-CN");
const catalogues: Readonly<Record<Language, Catalogue>> = { "zh-CN": {}, en: {} };

/** Each language is two pieces: what the first screens say, and what is said by all that is fetched later. */
const LOADERS: Readonly<Record<Language, readonly [Load, Load]>> = {
  "zh-CN": [async () => await import("./zh_cn.ts"), async () => await import("./zh_cn_more.ts")],
  en: [async () => await import("./english.ts"), async () => await import("./english_more.ts")],
};
let withMore = false;
let wanted: Language = "zh-CN";

/** Several names as one text, as the language lists them. */
export function listed(names: Iterable<string>): string {
  return [...names].join(language.value === "zh-CN" ? "、" : ", ");
}

export function isLanguage(text: unknown): text is Language {
  return text === "zh-CN" || text === "en";
}

/** Speak `chosen` from now on, on every screen that is open. */
export async function speak(chosen: Language): Promise<void> {
  wanted = chosen;
  await learn(chosen);
  if (wanted !== chosen) return;
  language.value = chosen;
  document.documentElement.lang = chosen;
}

/** Fetch what the later pieces say, in the language that is spoken and in every one after it. */
async function speakOfMore(): Promise<void> {
  withMore = true;
  await learn(wanted);
}

async function learn(which: Language): Promise<void> {
  const pieces = LOADERS[which].slice(0, withMore ? 2 : 1).map(async (load) => { Object.assign(catalogues[which], (await load()).default); });
  await Promise.all(pieces);
}

fetchBeside(speakOfMore);

/** The words for `key`, with {places} filled. */
export function say(key: Word, params: Params = {}): string {
  return fill(catalogues[language.value][key] ?? key, params);
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
  return Object.hasOwn(catalogues[language.peek()], key);
}
