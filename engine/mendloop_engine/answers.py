"""From what somebody sent to an answer as it is kept, without looking at anything but the field itself."""

from collections.abc import Mapping
from typing import Any, cast

import jsonschema_rs

from .canonical import by_code_units
from .environment import columns_of
from .fields import FieldType, Normalised
from .json_values import Json, JsonObject
from .plan import Plan, PlanField, StepNode
from .problems import Problem, Problems, deeper


def is_entered(plan: Plan, field: PlanField) -> bool:
    """False for a field whose answer the engine works out."""
    field_type = plan.field_type(field.type)
    return field.value is None and (field_type is None or not field_type.made_by_engine)


def key_problems(plan: Plan, node: StepNode, answers: JsonObject) -> list[Problem]:
    """A problem for each answer to a field that is not there, or that nobody enters."""
    fields = {field.id: field for field in node.fields}
    problems = []
    for name in sorted(answers, key=by_code_units):
        element, params = f"{node.id}.{name}", {"field": name}
        if name not in fields:
            problems.append(Problem("answer.unknown_field", deeper("/answers", name), element, params))
        elif not is_entered(plan, fields[name]):
            problems.append(Problem("answer.computed", deeper("/answers", name), element, params))
    return problems


def normalise(plan: Plan, field: PlanField, raw: Json) -> Normalised:
    """The answer as it is kept, null for none; problems have pointers relative to the answer."""
    field_type = plan.field_type(field.type)
    if raw is None:
        return None
    if field_type is None:
        return Problems([Problem("field.type_missing", params={"type": field.type})])
    if not _shape(plan, field, field_type).is_valid(raw):
        return Problems([Problem("answer.malformed")])
    answer = field_type.normalise(field.settings, raw)
    if field_type.has_columns and answer is not None and not isinstance(answer, Problems):
        return _normalise_rows(plan, field, cast("list[JsonObject]", answer))
    return answer


def _shape(plan: Plan, field: PlanField, field_type: FieldType) -> Any:
    return plan.once(
        ("shape", id(field)), lambda: jsonschema_rs.validator_for(dict(field_type.answer_schema(field.settings)))
    )


def _normalise_rows(plan: Plan, field: PlanField, rows: list[JsonObject]) -> Normalised:
    columns = {column.id: column for column in columns_of(plan, field)}
    problems: list[Problem] = []
    kept: list[Json] = [_normalise_row(plan, columns, row, f"/{index}", problems) for index, row in enumerate(rows)]
    return Problems(problems) if problems else kept


def _normalise_row(
    plan: Plan, columns: Mapping[str, PlanField], row: JsonObject, at: str, problems: list[Problem]
) -> Json:
    """The cells of one row; those that are computed are left out, they are worked out again."""
    problems += [
        Problem("answer.unknown_field", deeper(at, name), params={"field": name})
        for name in sorted(set(row).difference(columns), key=by_code_units)
    ]
    kept: dict[str, Json] = {}
    for name, column in columns.items():
        if name not in row or not is_entered(plan, column):
            continue
        answer = normalise(plan, column, row[name])
        if isinstance(answer, Problems):
            problems += placed(answer, deeper(at, name), "")
        elif answer is not None:
            kept[name] = answer
    return kept


def placed(problems: list[Problem] | Problems, at: str, element: str) -> list[Problem]:
    """The problems with their pointers put under `at`, naming `element`."""
    return [Problem(problem.code, at + problem.at, element, problem.params) for problem in problems]
