import { keyProblems } from "./answers.ts";
import type { Answers, CompleteStep, Read, Reasons } from "./commands.ts";
import type { Outcome } from "./decision.ts";
import type { Evaluated } from "./evaluate.ts";
import { evaluate, problemsOf } from "./evaluate.ts";
import { workedMs } from "./evolve.ts";
import { strangers, trimmed } from "./fields/limits.ts";
import { firstOpen, Flow } from "./flow.ts";
import type { History, Visit } from "./history.ts";
import type { Json, JsonObject } from "./json_values.ts";
import { own } from "./json_values.ts";
import type { Plan, PlanField, StepNode } from "./plan.ts";
import { fieldType, stepOf } from "./plan.ts";
import type { Problem } from "./problems.ts";
import { deeper, problem } from "./problems.ts";
import type { OpenVisit, State } from "./state.ts";
import { NOT_OPEN, notWorking } from "./visits.ts";

/** What is known once nothing stands against completing. */
interface Completion {
  readonly step: StepNode;
  readonly visit: OpenVisit;
  readonly answers: JsonObject;
  readonly reasons: Reasons;
  readonly evaluated: Evaluated;
}

/** The step's answers are all there and right; the flow goes on. */
export function completeStep(plan: Plan, state: State, command: Read<CompleteStep>, history: History): Outcome | Flow {
  const { by, at } = command;
  const visit = own(state.active, command.visit);
  if (visit === undefined) return { problems: NOT_OPEN };
  const idle = notWorking(visit, by);
  if (idle.length > 0) return { problems: idle };
  const step = stepOf(plan, visit.node);
  const reasons = givenReasons(command.reasons);
  const merged = { ...history.draft(command.visit), ...command.answers };
  const evaluated = evaluate(plan, step.id, merged, history, state, at, { reasons, visit: command.visit, by });
  const problems = [...keyProblems(plan, step, command.answers), ...reasonProblems(step, command.reasons), ...problemsOf(evaluated.views)];
  if (problems.length > 0) return { problems };
  const answers = finalAnswers(plan, step, evaluated, state, command);
  return goOn(plan, state, command, history, { step, visit, answers, reasons, evaluated });
}

function goOn(plan: Plan, state: State, command: Read<CompleteStep>, history: History, done: Completion): Flow {
  const { by, at, visit } = command;
  const { step, answers } = done;
  const behind = { visit, answers, reworkReason: trimmed(command.rework_reason) };
  const flow = new Flow(plan, withVisit(history, completed(command, done)), state, command, behind);
  const edge = firstOpen(step.next, done.evaluated.names, step.id, flow.problems);
  if (edge === undefined || flow.problems.length > 0) return flow;
  const worked_ms = workedMs(done.visit, at);
  flow.record({ type: "StepCompleted", by, at, visit, answers, reasons: shownReasons(done), worked_ms, edge: edge.id });
  flow.follow(edge);
  return flow;
}

function completed({ by, at, visit }: Read<CompleteStep>, { step, visit: { number }, answers, reasons }: Completion): Visit {
  return { visit, node: step.id, number, by, answers, reasons, completed_at: at };
}

/** The reasons of fields that were shown. */
function shownReasons({ reasons, evaluated }: Completion): Reasons {
  return Object.fromEntries(Object.entries(reasons).filter(([name]) => own(evaluated.views, name)?.visible ?? false));
}

function givenReasons(given: Reasons): Reasons {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, reason]) => {
      const text = trimmed(reason);
      return text === null ? [] : [[name, text] as const];
    }),
  );
}

function reasonProblems(step: StepNode, reasons: Reasons): readonly Problem[] {
  return strangers(reasons, step.fields.map(({ id }) => id)).map((name) =>
    problem("answer.unknown_field", deeper("/reasons", name), `${step.id}.${name}`, { field: name }),
  );
}

/** The answers that go into the record, in the fields' order; signatures are bound to all the others. */
function finalAnswers(plan: Plan, step: StepNode, { views }: Evaluated, state: State, command: Read<CompleteStep>): JsonObject {
  const given = step.fields.flatMap((field) => answered(field, own(views, field.id)?.value ?? null));
  const seals = ({ type }: PlanField): boolean => fieldType(plan, type)?.seals ?? false;
  const others = Object.fromEntries(given.filter(([field]) => !seals(field)).map(([field, answer]) => [field.id, answer]));
  return Object.fromEntries(
    given.map(([field, answer]) => [field.id, seals(field) ? sealed(plan, step, field, answer, others, state, command) : answer]),
  );
}

function answered(field: PlanField, answer: Json): (readonly [PlanField, Json])[] {
  return answer === null ? [] : [[field, answer]];
}

function sealed(
  plan: Plan,
  step: StepNode,
  field: PlanField,
  answer: Json,
  others: Answers,
  { order, locks }: State,
  { by, at, visit }: Read<CompleteStep>,
): Json {
  const situation = { gate: `${step.id}.${field.id}`, visit, by, at, order, locks };
  return fieldType(plan, field.type)?.sealed(field.settings, answer, others, situation) ?? answer;
}

/** A history to which a visit was just added. */
function withVisit(before: History, visit: Visit): History {
  return {
    latest: (node) => (node === visit.node ? visit : before.latest(node)),
    completed: (node) => (node === visit.node ? [...before.completed(node), visit] : before.completed(node)),
    count: (node) => before.count(node),
    draft: (id) => before.draft(id),
  };
}
