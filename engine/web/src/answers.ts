import type { Answers } from "./commands.ts";
import { columnsOf } from "./environment.ts";
import type { FieldType, Normalised } from "./fields/type.ts";
import { refused } from "./fields/type.ts";
import type { Json, JsonObject } from "./json_values.ts";
import { own } from "./json_values.ts";
import type { Plan, PlanField, StepNode } from "./plan.ts";
import { fieldType } from "./plan.ts";
import type { Problem } from "./problems.ts";
import { deeper, placed, problem } from "./problems.ts";
import { fits } from "./shape.ts";

/** False for a field whose answer the engine works out. */
export function isEntered(plan: Plan, field: PlanField): boolean {
  return field.value === null && !(fieldType(plan, field.type)?.madeByEngine ?? false);
}

/** A problem for each answer to a field that is not there, or that nobody enters. */
export function keyProblems(plan: Plan, node: StepNode, answers: Answers): readonly Problem[] {
  return Object.keys(answers)
    .sort()
    .flatMap((name) => {
      const field = node.fields.find(({ id }) => id === name);
      if (field !== undefined && isEntered(plan, field)) return [];
      const code = field === undefined ? "answer.unknown_field" : "answer.computed";
      return [problem(code, deeper("/answers", name), `${node.id}.${name}`, { field: name })];
    });
}

/** The answer as it is kept, null for none; problems have pointers relative to the answer. */
export function normalise(plan: Plan, field: PlanField, raw: Json): Normalised {
  if (raw === null) return { answer: null };
  const type = fieldType(plan, field.type);
  if (type === undefined) return refused("field.type_missing", { type: field.type });
  if (!fits(type.answerSchema(field.settings), raw)) return refused("answer.malformed");
  return withRows(plan, field, type, type.normalise(field.settings, raw));
}

function withRows(plan: Plan, field: PlanField, type: FieldType, found: Normalised): Normalised {
  if (!type.hasColumns || "problems" in found || found.answer === null) return found;
  const problems: Problem[] = [];
  const rows = (found.answer as readonly JsonObject[]).map((row, index) =>
    normaliseRow(plan, columnsOf(plan, field), row, `/${index}`, problems),
  );
  return problems.length > 0 ? { problems } : { answer: rows };
}

/** The cells of one row; those that are computed are left out, they are worked out again. */
function normaliseRow(plan: Plan, columns: readonly PlanField[], row: JsonObject, at: string, problems: Problem[]): JsonObject {
  problems.push(...unknownColumns(columns, row, at));
  const kept: [string, Json][] = [];
  for (const column of columns) {
    const raw = own(row, column.id);
    if (raw === undefined || !isEntered(plan, column)) continue;
    const found = normalise(plan, column, raw);
    if ("problems" in found) problems.push(...placed(found.problems, deeper(at, column.id), ""));
    else if (found.answer !== null) kept.push([column.id, found.answer]);
  }
  return Object.fromEntries(kept);
}

function unknownColumns(columns: readonly PlanField[], row: JsonObject, at: string): Problem[] {
  return Object.keys(row)
    .filter((name) => !columns.some(({ id }) => id === name))
    .sort()
    .map((name) => problem("answer.unknown_field", deeper(at, name), "", { field: name }));
}
