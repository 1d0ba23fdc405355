import { normalise } from "./answers.ts";
import type { Answers, Reasons } from "./commands.ts";
import type { Asking } from "./conditions.ts";
import { holds, result } from "./conditions.ts";
import { celValue, columnsOf, namesFor, needsOf } from "./environment.ts";
import type { Value } from "./expressions/index.ts";
import { ABSENT, CelMap, toJson } from "./expressions/index.ts";
import type { FieldType } from "./fields/type.ts";
import type { History } from "./history.ts";
import type { Json, JsonObject } from "./json_values.ts";
import { own } from "./json_values.ts";
import type { Expr, Plan, PlanCheck, PlanField, StepNode } from "./plan.ts";
import { fieldType, stepOf } from "./plan.ts";
import type { Problem } from "./problems.ts";
import { deeper, placed, problem } from "./problems.ts";
import type { Scope } from "./scope.ts";
import { asking, elementOf, situationOf } from "./scope.ts";
import type { State } from "./state.ts";

/** What a screen shows of one field while somebody types. `value`: the answer as it would be kept, null for none. */
export interface FieldView {
  readonly visible: boolean;
  readonly required: boolean;
  readonly value: Json;
  readonly problems: readonly Problem[];
}

export type StepView = Readonly<Record<string, FieldView>>;

/** What is known of the visit besides its answers. */
export interface Circumstances {
  readonly reasons?: Reasons;
  readonly visit?: string;
  readonly by?: string | null;
}

/** A step's fields in evaluation order, and the names its routes see. */
export interface Evaluated {
  readonly views: StepView;
  readonly names: ReadonlyMap<string, Value>;
}

/** Every field of a step as `answers` make it: shown or not, demanded or not, its value, what is wrong with it. */
export function evaluateStep(
  plan: Plan,
  nodeId: string,
  answers: Answers,
  history: History,
  state: State,
  at: string,
  circumstances: Circumstances = {},
): StepView {
  return evaluate(plan, nodeId, answers, history, state, at, circumstances).views;
}

/** As `evaluateStep`, with the names that the step's routes see. */
export function evaluate(
  plan: Plan,
  nodeId: string,
  answers: Answers,
  history: History,
  state: State,
  at: string,
  circumstances: Circumstances,
): Evaluated {
  const step = stepOf(plan, nodeId);
  const scope = scopeOfStep(plan, step, history, state, () => at, circumstances);
  return { views: evaluateFields(scope, step.fields, step.evaluation_order, answers), names: scope.names };
}

/** What the fields of a step are evaluated in, before any of them is; `at` tells the time. */
export function scopeOfStep(
  plan: Plan,
  step: StepNode,
  history: History,
  state: State,
  at: () => string,
  { reasons = {}, visit = "", by = null }: Circumstances,
): Scope {
  const names = namesFor(plan, step, history, state, at());
  const wanted = needsOf(plan, step).names;
  return { plan, step: step.id, visit, by, at, state, reasons, names, bound: names, wanted, pointer: "/answers", table: null };
}

/** Everything that is wrong, field by field. */
export function problemsOf(views: StepView): readonly Problem[] {
  return Object.values(views).flatMap(({ problems }) => problems);
}

function evaluateFields(scope: Scope, fields: readonly PlanField[], order: readonly string[], answers: JsonObject): StepView {
  const byId = new Map(fields.map((field) => [field.id, field]));
  const ordered = order.map((name) => byId.get(name)).filter((field) => field !== undefined);
  const views = ordered.map((field) => ({ field, view: evaluateField(scope, field, own(answers, field.id) ?? null) }));
  return Object.fromEntries(views.map(({ field, view }) => [field.id, withChecks(scope, field, view)]));
}

/** The view with what the field's checks say; they may read every field, so that all are evaluated before. */
export function withChecks(scope: Scope, field: PlanField, view: FieldView): FieldView {
  if (!view.visible || field.checks.length === 0) return view;
  return { ...view, problems: [...view.problems, ...checkProblems(scope, field)] };
}

/** One field without its checks; its value is bound for the fields after it. */
export function evaluateField(scope: Scope, field: PlanField, raw: Json): FieldView {
  const problems: Problem[] = [];
  const asked = asking(scope, field, problems);
  if (!holds(field.visible, asked)) {
    scope.bound.set(field.id, ABSENT);
    return { visible: false, required: false, value: null, problems };
  }
  const required = holds(field.required, asked);
  const type = fieldType(scope.plan, field.type);
  if (type === undefined) {
    scope.bound.set(field.id, ABSENT);
    problems.push(problem("field.type_missing", asked.at, asked.element, { type: field.type }));
    return { visible: true, required, value: raw, problems };
  }
  return { visible: true, required, value: evaluateAnswer(scope, field, type, raw, required, problems), problems };
}

/** The field's answer as it would be kept; its value is bound for the fields after it, its problems are added. */
function evaluateAnswer(scope: Scope, field: PlanField, type: FieldType, raw: Json, required: boolean, problems: Problem[]): Json {
  const known = problems.length;
  const given = answerOf(scope, field, type, raw, problems);
  const { answer, value } = valueOf(scope, field, type, given, problems);
  scope.bound.set(field.id, value);
  if (problems.length === known) {
    const lacking = type.missing(field.settings, answer, required, situationOf(scope, field));
    problems.push(...placed(lacking, deeper(scope.pointer, field.id), elementOf(scope, field)));
  }
  return answer;
}

/** The answer as it is kept: made by the engine, computed, given, or the default. */
function answerOf(scope: Scope, field: PlanField, type: FieldType, raw: Json, problems: Problem[]): Json {
  if (type.madeByEngine) return type.made(field.settings, raw, situationOf(scope, field));
  if (field.value !== null) return computed(scope, field, type, field.value, problems);
  if (raw === null && field.default !== null) return computed(scope, field, type, field.default, problems);
  return kept(scope, field, raw, problems);
}

function computed(scope: Scope, field: PlanField, type: FieldType, expression: Expr, problems: Problem[]): Json {
  const value = result(expression, asking(scope, field, problems));
  return value === null ? null : kept(scope, field, type.computed(field.settings, toJson(value)), problems);
}

function kept(scope: Scope, field: PlanField, raw: Json, problems: Problem[]): Json {
  const found = normalise(scope.plan, field, raw);
  if ("answer" in found) return found.answer;
  problems.push(...placed(found.problems, deeper(scope.pointer, field.id), elementOf(scope, field)));
  return null;
}

interface Answered {
  readonly answer: Json;
  readonly value: Value;
}

/** The answer and its value for expressions, when anybody reads it; rows are worked out cell by cell. */
function valueOf(scope: Scope, field: PlanField, type: FieldType, answer: Json, problems: Problem[]): Answered {
  if (answer === null) return { answer, value: ABSENT };
  if (type.hasColumns) return evaluateRows(scope, field, answer as readonly JsonObject[], problems);
  const read = scope.wanted === null || scope.wanted.has(field.id);
  return { answer, value: read ? celValue(scope.plan, field, answer) : ABSENT };
}

/** Each row's columns evaluated as a step's fields are, under the name `item`. */
function evaluateRows(scope: Scope, field: PlanField, rows: readonly JsonObject[], problems: Problem[]): Answered {
  const columns = columnsOf(scope.plan, field);
  const order = field.settings["evaluation_order"] as readonly string[];
  const answers: JsonObject[] = [];
  const values: Value[] = [];
  rows.forEach((row, index) => {
    const item = new CelMap();
    const views = evaluateFields(rowScope(scope, field, item, index), columns, order, row);
    answers.push(answersIn(views));
    values.push(new CelMap([...item].filter(([, value]) => value !== ABSENT)));
    problems.push(...problemsOf(views));
  });
  return { answer: answers, value: values };
}

function rowScope(scope: Scope, field: PlanField, item: CelMap, index: number): Scope {
  const names = new Map([...scope.names, ["item", item] as const]);
  return { ...scope, names, bound: item, wanted: null, pointer: deeper(scope.pointer, field.id, index), table: field.id };
}

/** The answers there are. */
export function answersIn(views: StepView): JsonObject {
  return Object.fromEntries(
    Object.entries(views)
      .filter(([, { value }]) => value !== null)
      .map(([name, { value }]) => [name, value]),
  );
}

/** What the field's checks object to; one that asks for a reason is silent once the reason is there. */
function checkProblems(scope: Scope, field: PlanField): readonly Problem[] {
  const problems: Problem[] = [];
  const asked = asking(scope, field, problems);
  for (const check of field.checks) if (result(check.that, asked) === false) problems.push(...objection(scope, field, check, asked));
  return problems;
}

function objection(scope: Scope, field: PlanField, { id, message, level }: PlanCheck, { at, element }: Asking): Problem[] {
  const params: JsonObject = { check: id, message };
  if (level === "refuse") return [problem("answer.check_failed", at, element, params)];
  const reasoned = scope.table ?? field.id;
  return own(scope.reasons, reasoned) ? [] : [problem("answer.reason_missing", deeper("/reasons", reasoned), element, params)];
}
