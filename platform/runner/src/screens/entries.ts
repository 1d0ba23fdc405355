import type { SpokenProblem } from "../api/types.ts";
import type { OutboxEntry } from "../store/database.ts";
import { isWord, say } from "../words/index.ts";
import { explain } from "../words/problems.ts";
import { moment } from "../words/times.ts";

/** What somebody did, and when. */
export function whatWhen({ type, at }: OutboxEntry): string {
  const key = `type.${type}`;
  return say("outbox.at", { type: isWord(key) ? say(key) : type, at: moment(at) });
}

/** Why the server did not take it, in its own words where it gave some. */
export function refusalOf(problem: SpokenProblem): string {
  return problem.message ?? explain(problem);
}
