import { FIRST_WORDS } from "../beginnings.ts";
import { type Command, command, type Label } from "../command.ts";
import type { Draft } from "../draft.ts";
import { textsOf } from "../elements.ts";
import { pathOf, put, sameJson } from "../json.ts";
import { FIRST_ROLE } from "../new_nodes.ts";
import { TONGUES, tonguesIn } from "../tongues.ts";
import { isFirstWord } from "../untouched.ts";

const FIRST: readonly (typeof FIRST_WORDS)[number][] = [...FIRST_WORDS, FIRST_ROLE.title];

/**
 * Write the template in these languages. What is called in another only as everything begins loses that word: nobody has said it, nobody would see it here,
 * and people who read that language would meet it. What somebody has said stays.
 */
export function setLanguages(draft: Draft, languages: readonly string[], label: Label): Command | null {
  const chosen = TONGUES.filter((tongue) => languages.includes(tongue));
  const left = tonguesIn(draft.template).filter((tongue) => !chosen.includes(tongue));
  if (chosen.length === 0 || sameJson(chosen, [...tonguesIn(draft.template)])) return null;
  return command(draft, label, (next) => {
    put(next.template, ["languages"], chosen.length === TONGUES.length ? undefined : [...chosen]);
    for (const { pointer, tongue } of firstWordsIn(draft, left, chosen)) put(next.template, [...pathOf(draft.template, pointer), tongue], undefined);
  });
}

/** Where only a first word stands in one of `left`, and something in one of `chosen`. */
function firstWordsIn({ template }: Draft, left: readonly string[], chosen: readonly string[]): readonly { readonly pointer: string; readonly tongue: string }[] {
  return textsOf(template).flatMap(({ pointer, words }) => {
    const isSaid = chosen.some((tongue) => (words[tongue] ?? "").trim() !== "");
    return isSaid ? left.filter((tongue) => isFirst(tongue, words[tongue])).map((tongue) => ({ pointer, tongue })) : [];
  });
}

function isFirst(tongue: string, text: string | undefined): boolean {
  return text !== undefined && (isFirstWord({ [tongue]: text }) || isFirstWord({ [tongue]: text }, FIRST));
}
