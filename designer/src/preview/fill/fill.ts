import { type Answers, evaluateStep, type FieldView, type Json, type OrderFacts, type Plan, type PlanField, type Problem, type StepNode } from "@mendloop/engine";
import type { Language } from "@mendloop/fields";
import { historyOf, type Standing } from "../scratch/run.ts";
import { candidatesFor, reasonIn } from "./candidates.ts";

export interface Filled {
  /** What was given before, with what was lacking. */
  readonly answers: Answers;
  readonly reasons: Readonly<Record<string, string>>;
  /** What nobody could think of an answer for. */
  readonly lacking: readonly Problem[];
}

export interface Whose {
  readonly visit: string;
  readonly by: string;
  readonly name: string;
  readonly language: Language;
}

/** Which answer was tried last, by field; a field whose last candidate did not do either is given up. */
type Attempts = Map<string, number>;

const REASON_MISSING = "answer.reason_missing";

/** Think up answers for everything that a step still lacks. What was given and is right stays as it is. Gates are locked by acts, not by answers. */
export function fillIn(plan: Plan, step: StepNode, before: Standing, given: Answers, whose: Whose): Filled {
  const attempts: Attempts = new Map();
  let answers = given;
  let reasons: Filled["reasons"] = {};
  for (;;) {
    const views = evaluateStep(plan, step.id, answers, historyOf(before), before.state, before.at, { reasons, visit: whose.visit, by: whose.by });
    const lacking = step.fields.flatMap((field) => lackingOf(views[field.id]).map((problem) => ({ field, problem })));
    const reasoned = lacking.find(({ field, problem }) => problem.code === REASON_MISSING && reasons[field.id] === undefined);
    if (reasoned !== undefined) { reasons = { ...reasons, [reasoned.field.id]: reasonIn(whose.language) }; continue; }
    const next = firstAnswer(lacking.map(({ field }) => field), answers, attempts, before, whose);
    if (next === null) return { answers, reasons, lacking: lacking.map(({ problem }) => problem) };
    answers = { ...answers, ...next };
  }
}

function lackingOf(view: FieldView | undefined): readonly Problem[] {
  return view?.visible === true ? view.problems : [];
}

/** The next candidate of the first field that has one left. */
function firstAnswer(fields: readonly PlanField[], answers: Answers, attempts: Attempts, { state, at }: Standing, { name, language }: Whose): Answers | null {
  for (const field of fields) {
    if (field.value !== null || field.type === "safety_gate") continue;
    const attempt = attempts.get(field.id) ?? 0;
    const about = { at, order: state.order as OrderFacts, name, language };
    const found: Json | undefined = candidatesFor(field, about, attempt === 0 ? (answers[field.id] ?? null) : null)[attempt];
    if (found === undefined) continue;
    attempts.set(field.id, attempt + 1);
    return { [field.id]: found };
  }
  return null;
}
