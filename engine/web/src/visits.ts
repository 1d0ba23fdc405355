import { keyProblems, normalise } from "./answers.ts";
import type { PauseStep, Read, RecordAnswers, ReportFinding, ResumeStep, StartStep } from "./commands.ts";
import type { Outcome } from "./decision.ts";
import { unless } from "./decision.ts";
import { trimmed } from "./fields/limits.ts";
import { lockStanding } from "./flow.ts";
import type { History } from "./history.ts";
import type { Json } from "./json_values.ts";
import { own } from "./json_values.ts";
import type { Plan, PlanField, StepNode } from "./plan.ts";
import { stepOf } from "./plan.ts";
import type { Problem } from "./problems.ts";
import { deeper, placed, problem } from "./problems.ts";
import type { OpenVisit, State } from "./state.ts";

/** The visit is unknown or closed. */
export const NOT_OPEN: readonly Problem[] = [problem("visit.not_open", "/visit")];

/** A visit that is ready, by somebody who may do it. */
export function startStep(plan: Plan, state: State, command: Read<StartStep>, history: History): Outcome {
  const { by, at, visit: id } = command;
  const visit = own(state.active, id);
  if (visit === undefined) return { problems: NOT_OPEN };
  const problems = visit.status === "ready" ? [] : [problem("visit.not_ready", "/visit", visit.node)];
  const worker = workerProblems(stepOf(plan, visit.node), state, command, history);
  return unless([...problems, ...worker], { type: "StepStarted", by, at, visit: id });
}

/** A paused visit, by anybody who may do it. */
export function resumeStep(plan: Plan, state: State, command: Read<ResumeStep>, history: History): Outcome {
  const { by, at, visit: id } = command;
  const visit = own(state.active, id);
  if (visit === undefined) return { problems: NOT_OPEN };
  const problems = visit.status === "paused" ? [] : [problem("visit.not_paused", "/visit", visit.node)];
  const worker = workerProblems(stepOf(plan, visit.node), state, command, history);
  return unless([...problems, ...worker], { type: "StepResumed", by, at, visit: id });
}

/** Why this person may not work on the step now. */
function workerProblems(node: StepNode, state: State, { by, roles }: Read<StartStep | ResumeStep>, history: History): Problem[] {
  const problems = roles.includes(node.role) ? [] : [problem("role.missing", "/roles", node.id, { role: node.role })];
  for (const step of node.not_same_person_as) {
    if (history.latest(step)?.by === by) problems.push(problem("gate.same_person", "/by", node.id, { step }));
  }
  if (node.energises && Object.keys(state.locks).length > 0) problems.push(lockStanding(state, "/visit", node.id));
  return problems;
}

/** By its worker, for one of the template's reasons. */
export function pauseStep(plan: Plan, state: State, { by, at, visit: id, reason, note }: Read<PauseStep>): Outcome {
  const visit = own(state.active, id);
  if (visit === undefined) return { problems: NOT_OPEN };
  const known = plan.pause_reasons.some((each) => each.id === reason);
  const unknown = known ? [] : [problem("pause.reason_unknown", "/reason", visit.node, { reason })];
  return unless([...notWorking(visit, by), ...unknown], { type: "StepPaused", by, at, visit: id, reason, note: trimmed(note) });
}

/** Well-formed answers to fields of the step, by its worker. What completing demands is not asked for yet. */
export function recordAnswers(plan: Plan, state: State, { by, at, visit: id, answers }: Read<RecordAnswers>): Outcome {
  const visit = own(state.active, id);
  if (visit === undefined) return { problems: NOT_OPEN };
  const idle = notWorking(visit, by);
  if (idle.length > 0) return { problems: idle };
  const step = stepOf(plan, visit.node);
  const problems = [...keyProblems(plan, step, answers)];
  const kept: [string, Json][] = [];
  for (const field of answeredFields(step, answers, problems)) {
    const found = normalise(plan, field, own(answers, field.id) ?? null);
    if ("answer" in found) kept.push([field.id, found.answer]);
    else problems.push(...placed(found.problems, deeper("/answers", field.id), `${step.id}.${field.id}`));
  }
  return unless(problems, { type: "AnswersRecorded", by, at, visit: id, answers: Object.fromEntries(kept) });
}

/** The fields with an answer that nothing stands against so far, in evaluation order. */
function answeredFields(step: StepNode, answers: object, problems: readonly Problem[]): readonly PlanField[] {
  const refused = problems.map(({ at }) => at);
  return step.evaluation_order
    .filter((name) => Object.hasOwn(answers, name) && !refused.includes(deeper("/answers", name)))
    .flatMap((name) => step.fields.filter(({ id }) => id === name));
}

/** Words are needed; a visit, when one is named, must be open. */
export function reportFinding(_plan: Plan, state: State, command: Read<ReportFinding>): Outcome {
  const { by, at, visit, severity, photos } = command;
  const text = trimmed(command.text);
  const problems = visit !== null && own(state.active, visit) === undefined ? [...NOT_OPEN] : [];
  if (text === null) return { problems: [...problems, problem("finding.text_missing", "/text")] };
  return unless(problems, { type: "FindingReported", by, at, visit, text, severity, photos });
}

/** Why this person is not the one who is working on the visit right now. */
export function notWorking(visit: OpenVisit, by: string): Problem[] {
  if (visit.status !== "running") return [problem("visit.not_running", "/visit", visit.node)];
  return visit.by === by ? [] : [problem("visit.other_person", "/visit", visit.node)];
}
