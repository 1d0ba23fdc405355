const WORD = /[\p{Script=Han}]+|[\p{L}\p{N}][\p{L}\p{N}.-]*/gu;
/** Words that say nothing. */
const IDLE: ReadonlySet<string> = new Set("a an and are as at be but by for from has in is it its no not of on or so that the then this to was were when with".split(" "));
const HAN = /^\p{Script=Han}/u;

/** What a text is compared by: pairs of Chinese characters, and the words of other scripts in small letters. */
export function termsOf(text: string): ReadonlySet<string> {
  const runs = text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
  return new Set(runs.flatMap((run) => (HAN.test(run) ? pairs(Array.from(run)) : IDLE.has(run) ? [] : [plain(run)])));
}

function pairs(characters: readonly string[]): readonly string[] {
  if (characters.length === 1) return characters;
  return characters.slice(1).map((each, place) => `${characters[place] ?? ""}${each}`);
}

/** Without the ends that the same word has elsewhere: `rattles` and `rattling` are one. */
function plain(word: string): string {
  const stem = word.replace(/[.-]+$/, "").replace(/e?s$/, "").replace(/(?:ing|ed)$/, "");
  return stem.length < 3 ? word : stem;
}
