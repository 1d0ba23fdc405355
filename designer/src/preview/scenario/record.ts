import { type Answers, type Event, type Json, type JsonObject, type PlanField, type StepNode, visitNode } from "@mendloop/engine";
import type { Act, Scenario } from "../../model/index.ts";
import { statedFacts } from "../scratch/facts.ts";
import { type Deed, type Run, standing } from "../scratch/run.ts";
import { withoutPhotos } from "./photos.ts";
import { completedNodes, openNodes, playScenario } from "./play.ts";

/** The run as a scenario of the template: as few acts as say the same, and the end that it came to. */
export function scenarioOf(run: Run, name: string): Scenario {
  const order = statedFacts(run.facts);
  const rest = { name, ...(Object.keys(order).length > 0 ? { order } : {}), expect: endOf(run) };
  const short: Scenario = { ...rest, acts: foldedActs(run) };
  return comesOutAlike(run, short) ? short : { ...rest, acts: run.done.map((deed) => actOf(run, deed)) };
}

/** What the run came to. */
export function endOf(run: Run): Scenario["expect"] {
  const { state, events } = standing(run);
  const open = openNodes(state);
  return { ended: state.outcome, ...(open.length > 0 ? { open } : {}), completed: completedNodes(events) };
}

/** The short way of writing must lead to the very same place, locks and answers included. */
function comesOutAlike(run: Run, scenario: Scenario): boolean {
  const played = playScenario(run.plan, scenario);
  if (played.differences.length > 0) return false;
  const [here, there] = [standing(run), standing(played.run)];
  return controlOf(here.state) === controlOf(there.state) && JSON.stringify(finished(run, here.events)) === JSON.stringify(finished(run, there.events));
}

/** Who is where; when they came there may differ by how the minutes are told. */
function controlOf(state: Deed["after"]["state"]): string {
  const active = Object.entries(state.active).map(([id, { status, by }]) => [id, status, status === "ready" ? null : by]);
  return JSON.stringify([state.status, state.outcome, active, state.joins, state.reworks, Object.keys(state.locks)]);
}

function finished(run: Run, events: readonly Event[]): readonly Json[] {
  return events.flatMap((event) => (event.type === "StepCompleted" ? [[event.visit, event.by, event.edge, written(run, event.visit, event.answers)]] : []));
}

/** Each finished visit as one act, where nothing was done to it but starting, answering, locking and finishing. */
function foldedActs(run: Run): readonly Act[] {
  const { done } = run;
  const folding = new Set(done.map(visitOf).filter((visit) => canFold(done, visit)));
  const acts: Act[] = [];
  let waited = 0;
  for (const deed of done) {
    const completes = deed.type === "CompleteStep" && folding.has(visitOf(deed));
    if (!completes && folding.has(visitOf(deed))) { waited += deed.minutes; continue; }
    const act = completes ? completeAct(run, deed) : actOf(run, deed);
    acts.push(withMinutes(act, deed.minutes + waited));
    waited = 0;
  }
  return acts;
}

const PLAIN = new Set(["StartStep", "RecordAnswers", "CompleteStep"]);
const LOCKING = new Set(["LockPoint", "ConfirmLocks", "UnlockPoint"]);

function canFold(done: readonly Deed[], visit: string): boolean {
  const own = done.filter((deed) => visitOf(deed) === visit);
  const last = own.at(-1);
  if (last?.type !== "CompleteStep") return false;
  return own.every(({ type, by }) => LOCKING.has(type) || (PLAIN.has(type) && by === last.by));
}

/** Everything that was answered in the visit, in one act. */
function completeAct(run: Run, deed: Deed): Act {
  const visit = visitOf(deed);
  const own = run.done.filter((each) => visitOf(each) === visit);
  const given = Object.assign({}, ...own.map(({ payload }) => payload["answers"] ?? {})) as Answers;
  const final = completed(deed.after.events, visit);
  const answers = Object.fromEntries(Object.entries(given).filter(([name, answer]) => answer !== null && Object.hasOwn(final, name)));
  const act = actOf(run, { ...deed, payload: { ...deed.payload, answers } });
  return own.some(({ type }) => LOCKING.has(type)) ? { ...act, locks: true } : act;
}

function completed(events: readonly Event[], visit: string): Answers {
  const found = events.findLast((event) => event.type === "StepCompleted" && event.visit === visit);
  return found?.type === "StepCompleted" ? found.answers : {};
}

const DOING: Partial<Record<Deed["type"], Act["do"]>> = {
  CompleteStep: "complete", StartStep: "start", PauseStep: "pause", ResumeStep: "resume", RecordAnswers: "answer", LockPoint: "lock", ConfirmLocks: "confirm",
  UnlockPoint: "unlock", ReportFinding: "finding",
};
const CARRIED = ["field", "point", "photo", "reason", "text", "severity", "rework_reason"] as const;

/** One act for one command. */
function actOf(run: Run, deed: Deed): Act {
  const step = visitNode(visitOf(deed));
  const node = run.plan.nodes[step];
  const role = node?.kind === "step" ? node.role : "";
  const carried = Object.fromEntries(CARRIED.flatMap((name) => carriedAs(name, deed.payload[name] ?? null)));
  return withMinutes({
    do: DOING[deed.type] ?? "answer", step,
    ...(deed.by === role ? {} : { by: deed.by }),
    ...answersOf(run, deed), ...reasonsOf(deed.payload), ...carried,
  }, deed.minutes);
}

function carriedAs(name: string, value: Json): readonly (readonly [string, Json])[] {
  return value === null || value === "" ? [] : [[name, withoutPhotos(undefined, value)]];
}

function answersOf(run: Run, deed: Deed): Pick<Act, "answers"> {
  const { type, payload } = deed;
  if (type !== "RecordAnswers" && type !== "CompleteStep") return {};
  const answers = written(run, visitOf(deed), (payload["answers"] ?? {}) as Answers);
  return Object.keys(answers).length > 0 || type === "RecordAnswers" ? { answers } : {};
}

function written(run: Run, visit: string, answers: Answers): JsonObject {
  const node = run.plan.nodes[visitNode(visit)];
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, withoutPhotos(fieldOf(node as StepNode | undefined, name), answer)]));
}

function fieldOf(node: StepNode | undefined, name: string): PlanField | undefined {
  return node?.fields.find(({ id }) => id === name);
}

function reasonsOf(payload: JsonObject): Pick<Act, "reasons"> {
  const reasons = (payload["reasons"] ?? {}) as Readonly<Record<string, string>>;
  return Object.keys(reasons).length > 0 ? { reasons } : {};
}

/** A minute is what an act takes where nothing else is said. */
function withMinutes(act: Act, minutes: number): Act {
  const { minutes: _old, ...rest } = act;
  return minutes === 1 ? rest : { ...rest, minutes };
}

function visitOf({ payload }: Pick<Deed, "payload">): string {
  const visit = payload["visit"];
  return typeof visit === "string" ? visit : "";
}
