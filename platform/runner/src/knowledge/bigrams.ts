const WORD = /[\p{Script=Han}]+|[\p{L}\p{N}][\p{L}\p{N}.-]*/gu;
/** Words that say nothing. */
const IDLE: ReadonlySet<string> = new Set("a an and are as at be but by for from has in is it its no not of on or so that the then this to was were when with".split(" "));
const HAN = /^\p{Script=Han}/u;

/** What a text is compared by: pairs of Chinese characters, and the words of other scripts in small letters. */
export function termsOf(text: string): ReadonlySet<string> {
  return new Set(runsOf(text).flatMap((run) => (HAN.test(run) ? pairs(Array.from(run)) : IDLE.has(run) ? [] : [plain(run)])));
}

/** What of a text others have too, as somebody reads it: stretches of Chinese, whole words. */
export function inCommon(text: string, has: ReadonlySet<string>): readonly string[] {
  return [...new Set(runsOf(text).flatMap((run) => (HAN.test(run) ? stretches(Array.from(run), has) : has.has(plain(run)) ? [run] : [])))];
}

/** The longest stretches all of whose pairs are there. */
function stretches(run: readonly string[], has: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  pairs(run).forEach((pair, place, all) => {
    if (!has.has(pair)) return;
    const goesOn = place > 0 && has.has(all[place - 1] ?? "");
    found.push(goesOn ? `${found.pop() ?? ""}${pair.slice(-1)}` : pair);
  });
  return found;
}

function runsOf(text: string): readonly string[] {
  return text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
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
