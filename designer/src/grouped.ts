import type { Found } from "./session.ts";

/** Texts that lack one language, told as one: `at` is the first of them, `params.count` how many there are. */
export const MANY_MISSING = "words.missing_translations";
const MISSING = "words.missing_translation";

/** The problems as people count them: what lacks a translation, text for text, is one thing to do. */
export function grouped(problems: readonly Found[]): readonly Found[] {
  const byLanguage = new Map<unknown, Found[]>();
  for (const each of problems) if (each.code === MISSING) byLanguage.set(each.params["language"], byLanguage.get(each.params["language"]) ?? []);
  for (const each of problems) if (each.code === MISSING) byLanguage.get(each.params["language"])?.push(each);
  return problems.flatMap((each) => {
    const same = each.code === MISSING ? (byLanguage.get(each.params["language"]) ?? []) : [];
    if (same.length < 2) return [each];
    return same[0] === each ? [{ ...each, code: MANY_MISSING, element: "", params: { ...each.params, count: same.length } }] : [];
  });
}
