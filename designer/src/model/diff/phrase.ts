import type { Words } from "@mendloop/engine";
import english from "../../words/changes.en.json";
import chinese from "../../words/changes.zh-CN.json";
import { filled } from "../../words/plurals.ts";

/** What can be said in both languages: a key of the words for changes and what fills its places. */
export interface Phrase {
  readonly key: string;
  readonly params: Readonly<Record<string, Said>>;
}

/** A part of a phrase: words of the template, a phrase of its own, or several with commas between. */
export type Said = string | number | Words | Phrase | readonly Said[];

type Language = "zh-CN" | "en";
type Catalogue = Readonly<Record<string, string>>;

/** These are only fetched with the difference itself, so they are not among the words that every screen needs. */
const CATALOGUES: Readonly<Record<Language, Catalogue>> = { "zh-CN": chinese, en: english };
const COMMAS: Readonly<Record<Language, string>> = { "zh-CN": "、", en: ", " };

export function phrase(key: string, params: Readonly<Record<string, Said>> = {}): Phrase {
  return { key: `store.change.${key}`, params };
}

/** The phrase in both languages. */
export function inWords(said: Said): Words {
  return { "zh-CN": tell(said, "zh-CN"), en: tell(said, "en") };
}

function tell(said: Said, language: Language): string {
  if (typeof said === "string") return said;
  if (typeof said === "number") return String(said);
  if (isSeveral(said)) return said.map((each) => tell(each, language)).join(COMMAS[language]);
  return isPhrase(said) ? tellPhrase(said, language) : (said[language] ?? said["en"] ?? Object.values(said)[0] ?? "");
}

/** What has no words, a key of a plugin's, is said as it is written. */
function tellPhrase({ key, params }: Phrase, language: Language): string {
  const text = CATALOGUES[language][key] ?? key.slice(key.lastIndexOf(".") + 1).replaceAll("_", " ");
  return filled(text, language, (name) => tell(params[name] ?? "", language));
}

function isSeveral(said: Said): said is readonly Said[] {
  return Array.isArray(said);
}

function isPhrase(said: Words | Phrase): said is Phrase {
  return typeof (said as { readonly params?: unknown }).params === "object";
}
