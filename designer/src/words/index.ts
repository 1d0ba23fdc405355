import { type Signal, signal } from "@preact/signals";
import type { Words } from "@mendloop/engine";
import type english from "./english.ts";
import type more from "./english_more.ts";
import { filled } from "./plurals.ts";

export type Language = "zh-CN" | "en";
/** Every key that may be said. The catalogues of both languages hold exactly these. */
export type Word = keyof typeof english | keyof typeof more;
export type Params = Readonly<Record<string, string | number>>;
type Catalogue = Readonly<Partial<Record<Word, string>>>;

export const language: Signal<Language> = signal<Language>("zh-CN");
type Load = () => Promise<{ readonly default: Catalogue }>;
const catalogues: Readonly<Record<Language, Catalogue>> = { "zh-CN": {}, en: {} };

/** Each language is two pieces: what is said at once, and what is said by all that is fetched later. */
const LOADERS: Readonly<Record<Language, readonly [Load, Load]>> = {
  "zh-CN": [async () => await import("./zh_cn.ts"), async () => await import("./zh_cn_more.ts")],
  en: [async () => await import("./english.ts"), async () => await import("./english_more.ts")],
};
let withMore = false;
let wanted: Language = "zh-CN";

export function isLanguage(text: unknown): text is Language {
  return text === "zh-CN" || text === "en";
}

/** Speak `chosen` from now on, on everything that is open. */
export async function speak(chosen: Language): Promise<void> {
  wanted = chosen;
  await learn(chosen);
  if (wanted !== chosen) return;
  language.value = chosen;
  document.documentElement.lang = chosen;
}

/** Fetch what is said by all that is fetched later, in the language that is spoken and in every one after it. */
export async function speakOfMore(): Promise<void> {
  withMore = true;
  await learn(wanted);
}

async function learn(which: Language): Promise<void> {
  const pieces = LOADERS[which].slice(0, withMore ? 2 : 1).map(async (load) => { Object.assign(catalogues[which], (await load()).default); });
  await Promise.all(pieces);
}

/** The words for `key`, with {places} filled and `{count|step|steps}` by the number. */
export function say(key: Word, params: Params = {}): string {
  return filled(catalogues[language.value][key] ?? key, language.value, (name) => (Object.hasOwn(params, name) ? params[name] : undefined));
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
