/** The preview's scratch orders behind a pipe, so that the tests can compare them with the engine's own scenario runner. */
import { readFileSync } from "node:fs";
import { loadPlan, type Answers, type OrderFacts, type Plan } from "@mendloop/engine";
import type { Scenario } from "../../src/model/index.ts";
import { MADE_UP } from "../../src/preview/scratch/facts.ts";
import { finishVisit } from "../../src/preview/scratch/forward.ts";
import { openRun, standing } from "../../src/preview/scratch/run.ts";
import { visitFor, whoseTurn } from "../../src/preview/scratch/turn.ts";
import { playScenario } from "../../src/preview/scenario/play.ts";
import { scenarioOf } from "../../src/preview/scenario/record.ts";

interface Request {
  readonly plan: unknown;
  readonly scenarios?: readonly Scenario[];
  readonly facts?: Partial<OrderFacts>;
  /** By visit: what somebody typed before having the rest filled in. */
  readonly typed?: Readonly<Record<string, Answers>>;
}

const MOST_STEPS = 60;

/** Somebody goes through the whole order, having filled in what is needed at each step. */
function goThrough(plan: Plan, { facts = {}, typed = {} }: Request): unknown {
  let run = openRun(plan, { ...MADE_UP, ...facts } as OrderFacts);
  let by = "";
  for (let step = 0; step < MOST_STEPS && standing(run).state.status === "open"; step += 1) {
    by = whoseTurn(plan, standing(run), by)?.id ?? "";
    const visit = visitFor(plan, standing(run), by) ?? "";
    const tried = finishVisit(run, visit, by, typed[visit] ?? {}, "en");
    if (tried.problems.length > 0) return { stuck: visit, problems: tried.problems };
    run = tried.run;
  }
  return { scenario: scenarioOf(run, "went through"), outcome: standing(run).state.outcome, acts: run.done.length };
}

const request = JSON.parse(readFileSync(0, "utf8")) as Request;
const plan = loadPlan(request.plan);
const played = (request.scenarios ?? []).map((scenario) => {
  const { differences, run } = playScenario(plan, scenario);
  return { differences, ...standing(run) };
});
process.stdout.write(JSON.stringify({ played, through: request.typed === undefined ? null : goThrough(plan, request) }));
