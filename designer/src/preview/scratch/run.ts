import {
  type Answers, type Command, type CommandType, decide, type Event, initialState, type JsonObject, MemoryHistory, type OrderFacts, type Plan, type Problem, type State,
} from "@mendloop/engine";
import { roleOf } from "./people.ts";
import { later, START } from "./time.ts";

/** Something that somebody wants done to the order. */
export interface Asked {
  readonly type: CommandType;
  readonly payload: JsonObject;
  /** A person of the preview: `role` or `role:2`. */
  readonly by: string;
  /** How long after the act before. */
  readonly minutes: number;
}

/** How the order stands at some moment. */
export interface Standing {
  readonly state: State;
  readonly events: readonly Event[];
  readonly at: string;
}

/** Something that was done, and how the order stood after it. */
export interface Deed extends Asked {
  readonly after: Standing;
}

/** An order that exists only here: how it began, what was done since, and what was taken back and may be done again. */
export interface Run {
  readonly plan: Plan;
  readonly facts: OrderFacts;
  readonly begun: Standing;
  readonly done: readonly Deed[];
  readonly undone: readonly Asked[];
}

/** What came of an act: the run after it, or the run as it was and what stood against it. */
export interface Tried {
  readonly run: Run;
  readonly problems: readonly Problem[];
}

export function standing({ done, begun }: Run): Standing {
  return done.at(-1)?.after ?? begun;
}

/** A new order that has just been opened. */
export function openRun(plan: Plan, facts: OrderFacts): Run {
  const nothing: Standing = { state: initialState(), events: [], at: START };
  const opened = decided(plan, nothing, { type: "OpenOrder", payload: { order: facts }, by: "dispatcher", minutes: 0 });
  return { plan, facts, begun: "after" in opened ? opened.after : nothing, done: [], undone: [] };
}

/** Do it. What is typed into the same visit one after the other is one act. */
export function act(run: Run, asked: Asked): Tried {
  const tried = taken(run, joins(run.done.at(-1), asked) ? withAnswers(run, asked) : { earlier: run.done, asked });
  return tried.problems.length > 0 ? tried : { ...tried, run: { ...tried.run, undone: [] } };
}

/** Take the last act back. */
export function stepBack(run: Run): Run {
  const last = run.done.at(-1);
  return last === undefined ? run : { ...run, done: run.done.slice(0, -1), undone: [bare(last), ...run.undone] };
}

/** Do again what was taken back. */
export function stepForward(run: Run): Run {
  const [next, ...rest] = run.undone;
  if (next === undefined) return run;
  const tried = taken(run, { earlier: run.done, asked: next });
  return tried.problems.length > 0 ? run : { ...tried.run, undone: rest };
}

/** Where a run that is played again came to a halt, and why. */
export interface Halt {
  readonly asked: Asked;
  readonly number: number;
  readonly problems: readonly Problem[];
}

/** The same acts once more, by another plan or on an order with other facts, as far as they hold. */
export function playAgain(run: Run, plan: Plan, facts: OrderFacts): { readonly run: Run; readonly halt: Halt | null } {
  let again = openRun(plan, facts);
  for (const [place, deed] of run.done.entries()) {
    const tried = taken(again, { earlier: again.done, asked: bare(deed) });
    if (tried.problems.length > 0) return { run: again, halt: { asked: bare(deed), number: place + 1, problems: tried.problems } };
    again = tried.run;
  }
  return { run: { ...again, undone: run.undone }, halt: null };
}

/** The events' history: what was answered before. */
export function historyOf({ events }: Standing): MemoryHistory {
  return new MemoryHistory(events);
}

interface Next {
  readonly earlier: readonly Deed[];
  readonly asked: Asked;
}

function taken(run: Run, { earlier, asked }: Next): Tried {
  const found = decided(run.plan, earlier.at(-1)?.after ?? run.begun, asked);
  if ("problems" in found) return { run, problems: found.problems };
  return { run: { ...run, done: [...earlier, { ...asked, after: found.after }] }, problems: [] };
}

type Decided = { readonly after: Standing } | { readonly problems: readonly Problem[] };

function decided(plan: Plan, before: Standing, asked: Asked): Decided {
  const at = later(before.at, asked.minutes);
  const command = { ...asked.payload, type: asked.type, by: asked.by, roles: [roleOf(asked.by)], at } as unknown as Command;
  const decision = decide(plan, before.state, command, historyOf(before));
  if (!decision.accepted) return { problems: decision.problems };
  return { after: { state: decision.state, events: [...before.events, ...decision.events], at } };
}

function joins(last: Deed | undefined, asked: Asked): last is Deed {
  return last?.type === "RecordAnswers" && asked.type === "RecordAnswers" && last.by === asked.by && last.payload["visit"] === asked.payload["visit"];
}

function withAnswers({ done }: Run, asked: Asked): Next {
  const last = done.at(-1);
  const answers = { ...(last?.payload["answers"] as Answers | undefined), ...(asked.payload["answers"] as Answers) };
  return { earlier: done.slice(0, -1), asked: { ...asked, payload: { ...asked.payload, answers }, minutes: (last?.minutes ?? 0) + asked.minutes } };
}

function bare({ type, payload, by, minutes }: Asked): Asked {
  return { type, payload, by, minutes };
}
