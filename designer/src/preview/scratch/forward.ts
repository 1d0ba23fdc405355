import { type Answers, type JsonObject, type Plan, type Problem, type StepNode, visitNode } from "@mendloop/engine";
import type { Language } from "@mendloop/fields";
import { fillIn } from "../fill/fill.ts";
import { reasonIn } from "../fill/candidates.ts";
import { lockActs } from "./locks.ts";
import { namesOf } from "./people.ts";
import { act, type Asked, historyOf, type Run, standing, type Tried } from "./run.ts";

/** How long a step takes of which nobody has said it. */
const USUAL_MINUTES = 5;

/** How long an act takes in the preview: finishing a step takes its standard time, everything else none. */
export function minutesFor(plan: Plan, type: Asked["type"], { visit }: JsonObject): number {
  const step = typeof visit === "string" ? plan.nodes[visitNode(visit)] : undefined;
  return type === "CompleteStep" && step?.kind === "step" ? (step.standard_minutes ?? USUAL_MINUTES) : 0;
}

/** Begin the visit where that is to be done, lock its gates, and fill in what it needs. What could not be done is told; what could stays done. */
export function fillVisit(run: Run, visit: string, by: string, typed: Answers, language: Language): Tried {
  const step = run.plan.nodes[visitNode(visit)];
  const open = standing(run).state.active[visit];
  if (step?.kind !== "step" || open === undefined) return { run, problems: [] };
  const begin: readonly Asked[] = open.status === "running" ? [] : [{ type: open.status === "ready" ? "StartStep" : "ResumeStep", payload: { visit }, by, minutes: 0 }];
  const begun = all(run, begin);
  if (begun.problems.length > 0) return begun;
  const locked = all(begun.run, lockActs(step, visit, by, standing(begun.run).state));
  return locked.problems.length > 0 ? locked : answered(locked.run, step, visit, by, typed, language);
}

function answered(run: Run, step: StepNode, visit: string, by: string, typed: Answers, language: Language): Tried {
  const before = standing(run);
  const given = { ...historyOf(before).draft(visit), ...typed };
  const filled = fillIn(run.plan, step, before, given, { visit, by, name: namesOf(run.plan)[by] ?? by, language });
  const made = new Set(step.fields.filter(({ value, type }) => value !== null || type === "safety_gate").map(({ id }) => id));
  const answers = Object.fromEntries(Object.entries(filled.answers).filter(([name]) => !made.has(name)));
  const recorded = Object.keys(answers).length === 0 ? { run, problems: [] } : act(run, { type: "RecordAnswers", payload: { visit, answers }, by, minutes: 0 });
  return { run: recorded.run, problems: [...recorded.problems, ...filled.lacking] };
}

/** Fill in what the visit needs and finish it. */
export function finishVisit(run: Run, visit: string, by: string, typed: Answers, language: Language): Tried {
  const filled = fillVisit(run, visit, by, typed, language);
  if (filled.problems.length > 0) return filled;
  const step = run.plan.nodes[visitNode(visit)] as StepNode;
  const now = standing(filled.run);
  const given = fillIn(run.plan, step, now, historyOf(now).draft(visit), { visit, by, name: "", language });
  const payload = { visit, answers: {}, reasons: given.reasons };
  const completing: Asked = { type: "CompleteStep", payload, by, minutes: minutesFor(run.plan, "CompleteStep", payload) };
  const done = act(filled.run, completing);
  const wantsReason = done.problems.some(({ code }: Problem) => code === "rework.reason_missing");
  return wantsReason ? act(filled.run, { ...completing, payload: { ...payload, rework_reason: reasonIn(language) } }) : done;
}

function all(run: Run, wanted: readonly Asked[]): Tried {
  let tried: Tried = { run, problems: [] };
  for (const asked of wanted) {
    tried = act(tried.run, asked);
    if (tried.problems.length > 0) return tried;
  }
  return tried;
}
