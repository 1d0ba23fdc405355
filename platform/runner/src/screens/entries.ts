import type { Params } from "@mendloop/fields";
import type { SpokenProblem } from "../api/types.ts";
import type { OutboxEntry } from "../store/database.ts";
import { isWord, listed, say } from "../words/index.ts";
import { explain } from "../words/problems.ts";
import { moment } from "../words/times.ts";

/** What somebody did, and when. */
export function whatWhen({ type, at }: OutboxEntry): string {
  const key = `type.${type}`;
  return say("outbox.at", { type: isWord(key) ? say(key) : type, at: moment(at) });
}

/** Why the server did not take it, in the language that is spoken now; in the words that it gave then where the code is not known here. */
export function refusalOf(problem: SpokenProblem): string {
  const key = `problem.${problem.code}`;
  if (isWord(key)) return say(key, toldIn(problem.params));
  const said = explain(problem);
  return said === problem.code ? (problem.message ?? said) : said;
}

/** Several of something are said as a list. */
function toldIn(params: SpokenProblem["params"]): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? listed(value.map(String)) : value])) as Params;
}
