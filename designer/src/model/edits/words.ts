import { type Command, command } from "../command.ts";
import type { Draft } from "../draft.ts";
import { type ElementText, type TemplateElement, textsOf } from "../elements.ts";
import { at, type Path, pathOf, put } from "../json.ts";
import type { Template } from "../template.generated.ts";
import { FIRST_WORDS } from "../beginnings.ts";
import { putWord } from "../untouched.ts";

/** Say something in a language. Empty text takes the language away, and words that nothing needs with their last language. */
export function setWords(draft: Draft, pointer: string, language: string, text: string): Command | null {
  const path = pathOf(draft.template, pointer);
  if ((at(draft.template, [...path, language]) ?? "") === text) return null;
  return command(draft, { key: "edit.set_words" }, (next) => { write(next.template, path, language, text); }, `words ${pointer} ${language}`);
}

function write(template: unknown, path: Path, language: string, text: string): void {
  putWord(template, [...path, language], text === "" ? undefined : text, FIRST_WORDS);
  if (text !== "" || isNeeded(path)) return;
  const words = at(template, path);
  if (typeof words === "object" && words !== null && Object.keys(words).length === 0) put(template, path, undefined);
}

/** Words that the format asks for stay, empty, so that the check can ask for them. */
function isNeeded(path: Path): boolean {
  const key = path.at(-1);
  if (key === "title") return path.length === 1 || path[0] === "nodes";
  if (key === "text" || key === "message") return true;
  return key === "label" && ["items", "options", "fixed", "pause_reasons"].includes(String(path.at(-3)));
}

export interface Search {
  /** Only in this language. */
  readonly language?: string;
  readonly matchCase?: boolean;
  readonly wholeWord?: boolean;
}

/** One text in which something was found. `places` are where, as [from, to] in `text`. */
export interface Hit {
  readonly pointer: string;
  readonly language: string;
  readonly text: string;
  readonly places: readonly (readonly [number, number])[];
  readonly element: TemplateElement;
}

/** Every text of the template that holds `find`. */
export function findWords(template: Template, find: string, search: Search = {}): readonly Hit[] {
  const pattern = patternOf(find, search);
  return pattern === null ? [] : textsOf(template).flatMap((text) => hitsIn(text, pattern, search.language));
}

function hitsIn({ pointer, words, element }: ElementText & { readonly element: TemplateElement }, pattern: RegExp, only: string | undefined): readonly Hit[] {
  return Object.entries(words).flatMap(([language, text]) => {
    if (only !== undefined && language !== only) return [];
    const places = [...text.matchAll(pattern)].map(({ index, 0: { length } }) => [index, index + length] as const);
    return places.length === 0 ? [] : [{ pointer, language, text, places, element }];
  });
}

/** Replace `find` in all words, or only in those of the hits that `isWanted`. */
export function replaceInWords(draft: Draft, find: string, replacement: string, search: Search = {}, isWanted: (hit: Hit) => boolean = () => true): Command | null {
  const pattern = patternOf(find, search);
  const hits = findWords(draft.template, find, search).filter(isWanted);
  if (pattern === null || hits.length === 0) return null;
  const count = hits.reduce((sum, { places }) => sum + places.length, 0);
  return command(draft, { key: "edit.replace_words", params: { count } }, (next) => {
    for (const { pointer, language, text } of hits) write(next.template, pathOf(draft.template, pointer), language, text.replace(pattern, () => replacement));
  });
}

/** Chinese has no spaces between words: only where a letter or digit begins or ends what is sought can a word go on. */
function patternOf(find: string, { matchCase = false, wholeWord = false }: Search): RegExp | null {
  if (find === "") return null;
  const escaped = find.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const before = wholeWord && LETTER.test(find) ? "(?<![\\p{Script=Latin}\\p{N}_])" : "";
  const behind = wholeWord && LAST_LETTER.test(find) ? "(?![\\p{Script=Latin}\\p{N}_])" : "";
  return new RegExp(`${before}${escaped}${behind}`, matchCase ? "gu" : "giu");
}

const LETTER = /^[\p{Script=Latin}\p{N}_]/u;
const LAST_LETTER = /[\p{Script=Latin}\p{N}_]$/u;
