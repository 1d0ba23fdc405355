import type { AssignOrder, CancelOrder, Command, OpenOrder, Read } from "./commands.ts";
import { completeStep } from "./completing.ts";
import type { Decision, Outcome } from "./decision.ts";
import { unless } from "./decision.ts";
import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { trimmed } from "./fields/limits.ts";
import { Flow, lockStanding } from "./flow.ts";
import type { History } from "./history.ts";
import { confirmLocks, lockPoint, unlockPoint } from "./locks.ts";
import type { Plan } from "./plan.ts";
import type { Problem } from "./problems.ts";
import { problem } from "./problems.ts";
import { readCommand } from "./read_command.ts";
import type { State } from "./state.ts";
import { pauseStep, recordAnswers, reportFinding, resumeStep, startStep } from "./visits.ts";

/** What becomes of `command`: its events and the state after them, or everything that stands against it. Pure; never throws for a command. */
export function decide(plan: Plan, state: State, command: Command, history: History): Decision {
  const read = readCommand(command);
  if (isProblems(read)) return refused(read);
  if (read.type !== "OpenOrder" && state.status !== "open") return refused([problem("order.not_open")]);
  const outcome = outcomeOf(plan, state, read, history);
  if (outcome instanceof Flow) return settled(outcome);
  return "problems" in outcome ? refused(outcome.problems) : happened(state, outcome.events);
}

function isProblems(read: Read<Command> | readonly Problem[]): read is readonly Problem[] {
  return Array.isArray(read);
}

function refused(problems: readonly Problem[]): Decision {
  return { accepted: false, problems };
}

function settled({ problems, events, state }: Flow): Decision {
  return problems.length > 0 ? refused(problems) : { accepted: true, events, state };
}

function happened(state: State, events: readonly Event[]): Decision {
  return { accepted: true, events, state: events.reduce(evolve, state) };
}

type Decider<C> = (plan: Plan, state: State, command: C, history: History) => Outcome | Flow;

const DECIDERS: { readonly [T in Command["type"]]: Decider<Read<Extract<Command, { type: T }>>> } = {
  OpenOrder: openOrder,
  AssignOrder: assignOrder,
  CancelOrder: cancelOrder,
  StartStep: startStep,
  PauseStep: pauseStep,
  ResumeStep: resumeStep,
  RecordAnswers: recordAnswers,
  ReportFinding: reportFinding,
  LockPoint: lockPoint,
  ConfirmLocks: confirmLocks,
  UnlockPoint: unlockPoint,
  CompleteStep: completeStep,
};

function outcomeOf(plan: Plan, state: State, command: Read<Command>, history: History): Outcome | Flow {
  const decider = DECIDERS[command.type] as Decider<Read<Command>>;
  return decider(plan, state, command, history);
}

function openOrder(plan: Plan, state: State, command: Read<OpenOrder>, history: History): Outcome | Flow {
  if (state.status !== "new") return { problems: [problem("order.already_opened")] };
  const { by, at, order } = command;
  const flow = new Flow(plan, history, state, command);
  flow.record({ type: "OrderOpened", by, at, order });
  flow.enter(plan.start);
  return flow;
}

function assignOrder(_plan: Plan, _state: State, { by, at, person }: Read<AssignOrder>): Outcome {
  return { events: [{ type: "OrderAssigned", by, at, person }] };
}

function cancelOrder(_plan: Plan, state: State, command: Read<CancelOrder>): Outcome {
  const { by, at } = command;
  const problems = Object.keys(state.locks).length > 0 ? [lockStanding(state, "", "")] : [];
  const reason = trimmed(command.reason);
  if (reason === null) return { problems: [...problems, problem("cancel.reason_missing", "/reason")] };
  return unless(problems, { type: "OrderCancelled", by, at, reason });
}
