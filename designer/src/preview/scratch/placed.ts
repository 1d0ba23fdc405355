import { type Answers, type Event, evolve, initialState, type OrderFacts, type Plan, type State, visitId } from "@mendloop/engine";
import type { Run, Standing } from "./run.ts";
import { START } from "./time.ts";

/** What was typed into the steps of a preview, by step. */
export type Typed = Readonly<Record<string, Answers>>;

/**
 * An order that stands at `node` without having come there: what was typed into other steps counts as done before. Somebody who has the step's
 * role is at work on it; for anybody else it waits.
 */
export function placedAt(plan: Plan, node: string, facts: OrderFacts, person: string, mayWork: boolean, typed: Typed): Run {
  const at = START;
  const events: Event[] = [{ type: "OrderOpened", by: "dispatcher", at, order: facts }];
  for (const [step, answers] of Object.entries(typed)) if (step !== node && plan.nodes[step]?.kind === "step") events.push(...doneBefore(plan, step, answers, at));
  const visit = visitId(node, 1);
  events.push({ type: "StepOpened", by: "dispatcher", at, visit, node, number: 1, rework: null });
  if (mayWork) events.push({ type: "StepStarted", by: person, at, visit });
  const own = known(plan, node, typed[node] ?? {});
  if (mayWork && Object.keys(own).length > 0) events.push({ type: "AnswersRecorded", by: person, at, visit, answers: own });
  const begun: Standing = { state: folded(events), events, at };
  return { plan, facts, begun, done: [], undone: [] };
}

function doneBefore(plan: Plan, node: string, answers: Answers, at: string): readonly Event[] {
  const visit = visitId(node, 1);
  const found = plan.nodes[node];
  const by = found?.kind === "step" ? found.role : "";
  return [
    { type: "StepOpened", by: "dispatcher", at, visit, node, number: 1, rework: null },
    { type: "StepStarted", by, at, visit },
    { type: "StepCompleted", by, at, visit, answers: known(plan, node, answers), reasons: {}, worked_ms: 0, edge: `${node}/0` },
  ];
}

/** Answers to fields that the step has now, of types that it may still have. */
function known(plan: Plan, node: string, answers: Answers): Answers {
  const step = plan.nodes[node];
  const names = new Set(step?.kind === "step" ? step.fields.filter(({ value, type }) => value === null && type !== "safety_gate").map(({ id }) => id) : []);
  return Object.fromEntries(Object.entries(answers).filter(([name, answer]) => names.has(name) && answer !== null));
}

function folded(events: readonly Event[]): State {
  return events.reduce(evolve, initialState());
}
