import type { JsonObject } from "@mendloop/engine";
import type { SpokenProblem } from "../api/types.ts";
import { newId } from "../store/ids.ts";
import type { Kept } from "./kept.ts";
import { same } from "./reading_codes.ts";
import { added, judged, type Scanned } from "./scanned.ts";
import type { NearPiece, OrderPart, PartAct } from "./types.ts";

/**
 * What is right of an order's list goes to the acts that are sent, each under a key of its own: it is on one of the two, never on both. What
 * is taken all the same goes by itself, so that nothing else is taken without a word.
 */
export function taken(kept: Kept, order: string, parts: readonly OrderPart[], pieces: readonly NearPiece[] = []): Kept {
  const list = judged(kept.scanned[order] ?? [], parts, pieces);
  const right = list.filter(({ why }) => why.length === 0).map(({ line }) => line);
  const acts = [right.filter(({ extra }) => !extra), right.filter(({ extra }) => extra)].filter((lines) => lines.length > 0);
  const left = list.filter(({ why }) => why.length > 0).map(({ line }) => line);
  return { acts: [...kept.acts, ...acts.map((lines) => issueOf(order, lines))], scanned: withList(kept.scanned, order, left) };
}

function issueOf(order: string, scanned: readonly Scanned[]): PartAct {
  const lines = scanned.map(({ number, quantity, serial }) => ({ number, quantity, ...(serial === null ? {} : { serial }) }));
  const body: JsonObject = { lines, extra: scanned.some(({ extra }) => extra) };
  return { key: newId(), order, verb: "issue", body, at: new Date().toISOString(), problems: [], scanned };
}

export function withList(all: Kept["scanned"], order: string, list: readonly Scanned[]): Kept["scanned"] {
  const others = Object.entries(all).filter(([each]) => each !== order);
  return Object.fromEntries(list.length === 0 ? others : [...others, [order, list]]);
}

/**
 * The server did not take an act. Of scanned lines those that it names are on the list again, each with its reason, and the others are asked
 * for once more, under another key; where it names none, all are on the list. Any other act keeps the first reason.
 */
export function refused(kept: Kept, key: string, problems: readonly SpokenProblem[]): Kept {
  const act = kept.acts.find((each) => each.key === key);
  if (act === undefined) return kept; // another tab has been told so, too
  if (act.scanned === undefined) return { ...kept, acts: kept.acts.map((each) => (each === act ? { ...act, problems: problems.slice(0, 1) } : each)) };
  const told = act.scanned.map((line, place) => problems.filter((problem) => names(problem, line, place)));
  const reasons = told.some((each) => each.length > 0) ? told : act.scanned.map(() => problems);
  const back = act.scanned.flatMap((line, place) => withReason(line, reasons[place] ?? []));
  const rest = act.scanned.filter((_, place) => reasons[place]?.length === 0);
  const acts = kept.acts.flatMap((each) => (each !== act ? [each] : rest.length === 0 ? [] : [issueOf(act.order, rest)]));
  return { acts, scanned: withList(kept.scanned, act.order, back.reduce(added, kept.scanned[act.order] ?? [])) };
}

function withReason(line: Scanned, problems: readonly SpokenProblem[]): readonly Scanned[] {
  return problems.length === 0 ? [] : [{ ...line, refused: problems, known: problems.some(({ code }) => code === "part.unknown") ? false : line.known }];
}

/** Whether a problem is about this line: by its place, or by the part that it names. */
function names({ at, params: { part, serial } }: SpokenProblem, line: Scanned, place: number): boolean {
  const said = /^\/lines\/(\d+)/.exec(at);
  if (said !== null) return Number(said[1]) === place;
  return typeof part === "string" && same(part, line.number) && (typeof serial !== "string" || same(serial, line.serial ?? ""));
}
