import { type Event, type JsonObject, type Plan, type Problem, type State, type StepNode, visitNode } from "@mendloop/engine";
import type { Act, Scenario } from "../../model/index.ts";
import { MADE_UP } from "../scratch/facts.ts";
import { lockActs } from "../scratch/locks.ts";
import { act as done, type Asked, openRun, type Run, standing } from "../scratch/run.ts";
import { madeUpPhoto, PHOTO, withPhotos } from "./photos.ts";

/** What did not come out as written. `act`: its number, counted from 1; none where the end differs. */
export type Difference =
  | { readonly kind: "unknown_step" | "not_open"; readonly act: number; readonly step: string; readonly open: readonly string[] }
  | { readonly kind: "refused"; readonly act: number; readonly step: string; readonly problems: readonly Problem[] }
  | { readonly kind: "not_refused"; readonly act: number; readonly step: string; readonly expected: readonly string[]; readonly found: readonly string[] }
  | { readonly kind: "unexpected"; readonly what: string; readonly expected: unknown; readonly found: unknown };

/** How a scenario came out; it holds when nothing differs. */
export interface Played {
  readonly name: string;
  readonly differences: readonly Difference[];
  readonly run: Run;
}

/** Plays the acts up to the first that does not come out as written, as the engine's own scenario runner does. */
export function playScenario(plan: Plan, scenario: Scenario): Played {
  const game = new Game(openRun(plan, { ...MADE_UP, ...scenario.order }));
  for (const [place, act] of scenario.acts.entries()) {
    game.play(place + 1, act);
    if (game.differences.length > 0) return game.played(scenario.name);
  }
  game.compare(scenario.expect);
  return game.played(scenario.name);
}

class Game {
  readonly differences: Difference[] = [];

  constructor(private run: Run) {}

  played(name: string): Played {
    return { name, differences: this.differences, run: this.run };
  }

  play(number: number, act: Act): void {
    const node = this.run.plan.nodes[act.step];
    const { active } = standing(this.run).state;
    const open = Object.values(active).map((visit) => visit.node).sort();
    const visit = Object.keys(active).find((id) => active[id]?.node === act.step);
    if (node?.kind !== "step") this.differences.push({ kind: "unknown_step", act: number, step: act.step, open });
    else if (visit === undefined) this.differences.push({ kind: "not_open", act: number, step: act.step, open });
    else this.#judge(number, act, this.#perform(node, visit, act));
  }

  /** The commands that the act stands for; what refused the first that was refused. */
  #perform(node: StepNode, visit: string, act: Act): readonly Problem[] {
    const by = act.by ?? node.role;
    const refused = act.do === "complete" ? this.#prepare(node, visit, by, act) : [];
    return refused.length > 0 ? refused : this.#send({ ...commandOf(node, visit, act, standing(this.run).at), by, minutes: act.minutes ?? 1 });
  }

  #prepare(node: StepNode, visit: string, by: string, act: Act): readonly Problem[] {
    const status = standing(this.run).state.active[visit]?.status;
    const first: readonly Asked[] = status === "running" ? [] : [{ type: status === "ready" ? "StartStep" : "ResumeStep", payload: { visit }, by, minutes: 0 }];
    const refused = this.#sendAll(first);
    if (refused.length > 0 || act.locks !== true) return refused;
    return this.#sendAll(lockActs(node, visit, by, standing(this.run).state));
  }

  #sendAll(all: readonly Asked[]): readonly Problem[] {
    for (const asked of all) {
      const refused = this.#send(asked);
      if (refused.length > 0) return refused;
    }
    return [];
  }

  #send(asked: Asked): readonly Problem[] {
    const tried = done(this.run, asked);
    this.run = tried.run;
    return tried.problems;
  }

  #judge(number: number, { step, refused = [] }: Act, problems: readonly Problem[]): void {
    const [expected, found] = [[...refused].sort(), problems.map(({ code }) => code).sort()];
    if (expected.length === 0 && found.length > 0) this.differences.push({ kind: "refused", act: number, step, problems });
    else if (expected.join() !== found.join()) this.differences.push({ kind: "not_refused", act: number, step, expected, found });
  }

  compare({ visits = {}, joins = {}, ended, open, completed }: Scenario["expect"]): void {
    const { state, events } = standing(this.run);
    const opened = events.flatMap((event) => (event.type === "StepOpened" ? [event.node] : []));
    const passed = events.flatMap((event) => (event.type === "JoinPassed" ? [event.join] : []));
    for (const [name, count] of Object.entries(visits)) this.#same(`visits.${name}`, count, opened.filter((each) => each === name).length);
    for (const [name, count] of Object.entries(joins)) this.#same(`joins.${name}`, count, passed.filter((each) => each === name).length);
    if (ended !== undefined) this.#same("ended", ended, state.outcome);
    if (open !== undefined) this.#same("open", [...open].sort(), openNodes(state));
    if (completed !== undefined) this.#same("completed", completed, completedNodes(events));
  }

  #same(what: string, expected: unknown, found: unknown): void {
    if (JSON.stringify(expected) !== JSON.stringify(found)) this.differences.push({ kind: "unexpected", what, expected, found });
  }
}

/** The steps that are open. */
export function openNodes({ active }: State): readonly string[] {
  return Object.values(active).map(({ node }) => node).sort();
}

/** The steps that were completed, in that order. */
export function completedNodes(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) => (event.type === "StepCompleted" ? [visitNode(event.visit)] : []));
}

type Doing = Act["do"];
const COMMANDS: Readonly<Record<Doing, Asked["type"]>> = {
  complete: "CompleteStep", start: "StartStep", pause: "PauseStep", resume: "ResumeStep", answer: "RecordAnswers", lock: "LockPoint", confirm: "ConfirmLocks",
  unlock: "UnlockPoint", finding: "ReportFinding",
};
const CARRIED: Readonly<Record<Doing, readonly (keyof Act)[]>> = {
  complete: ["reasons", "rework_reason"], start: [], pause: ["reason"], resume: [], answer: [], lock: ["field", "point", "photo"], confirm: ["field"],
  unlock: ["field", "point"], finding: ["text", "severity"],
};

/** The one command that an act names, with its photos made up. */
function commandOf(node: StepNode, visit: string, act: Act, at: string): Pick<Asked, "type" | "payload"> {
  const carried: JsonObject = Object.fromEntries(CARRIED[act.do].flatMap((name) => (act[name] === undefined ? [] : [[name, act[name] === PHOTO ? madeUpPhoto(node.id) : act[name]] as const])));
  const payload: JsonObject = { visit, ...(act.do === "finding" ? { severity: "note" } : {}), ...carried };
  if (act.do !== "complete" && act.do !== "answer") return { type: COMMANDS[act.do], payload };
  const answers = Object.fromEntries(Object.entries(act.answers ?? {}).map(([name, answer]) => [name, withPhotos(node.fields.find(({ id }) => id === name), answer, at)]));
  return { type: COMMANDS[act.do], payload: { ...payload, answers } };
}
