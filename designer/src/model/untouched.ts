import type { Json } from "@mendloop/engine";
import { at, type Path, put } from "./json.ts";
import { branchTitle, NODE_TITLES, OUTCOMES } from "./new_nodes.ts";
import type { Words } from "./template.generated.ts";

/** What a blank template begins with, besides what new nodes are called. The server makes it. */
const BLANK: readonly Words[] = [
  { "zh-CN": "新模板", en: "New template" },
  { "zh-CN": "第一步", en: "First step" },
  { "zh-CN": "完成", en: "Done" },
];

/** What new nodes were called before: drafts of that time have them still. */
const EARLIER: readonly Words[] = [{ "zh-CN": "已修好", en: "Repaired" }, { "zh-CN": "判断", en: "Decision" }];

const BEGINNINGS: readonly Words[] = [...Object.values(NODE_TITLES), ...Object.values(OUTCOMES), ...BLANK, ...EARLIER, branchTitle(1)].map(plain);
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/**
 * Put a value at a path. The first word that somebody says in one language takes the place of what both languages began with: the other language would
 * go on saying what nobody meant, and nobody would see that it is missing.
 */
export function putWord(target: unknown, path: Path, value: Json | undefined, more: readonly Words[] = []): void {
  const holder = path.slice(0, -1);
  const words = at(target, holder);
  const isWord = typeof value === "string" && LANGUAGE.test(String(path.at(-1)));
  if (isWord && isBeginning(words, more)) put(target, holder, { [String(path.at(-1))]: value });
  else put(target, path, value);
}

/** True when nobody has said anything but what things begin with. */
export function isBeginning(words: unknown, more: readonly Words[] = []): boolean {
  if (typeof words !== "object" || words === null || !Object.values(words).every((text) => typeof text === "string")) return false;
  const now = plain(words as Words);
  return [...BEGINNINGS, ...more].some((begun) => begun["en"] === now["en"] && begun["zh-CN"] === now["zh-CN"]);
}

/** True when words, in whichever languages, are nothing but what one of these begins with. */
export function isFirstWord(words: Words | undefined, begun: readonly Words[] = BEGINNINGS): boolean {
  const now = Object.entries(plain(words ?? {}));
  return now.length > 0 && begun.some((each) => now.every(([language, text]) => each[language] === text));
}

/** Without the number that tells new things of one kind from each other. */
export function plain(words: Words): Words {
  return Object.fromEntries(Object.entries(words).map(([language, text]) => [language, text.replace(/ \d+$/, "")]));
}
