"""A step's fields as the answers make them: shown or not, demanded or not, their values, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from .answers import normalise, placed
from .conditions import holds, result
from .environment import cel_value, columns_of, names_for, needs_of
from .expressions import ABSENT, Value, to_json
from .fields import FieldType, Situation
from .history import History
from .json_values import Json, JsonObject
from .plan import Expr, Plan, PlanField
from .problems import Problem, Problems, deeper
from .state import State


@dataclass(frozen=True, slots=True)
class FieldView:
    """What a screen shows of one field while somebody types. `value`: the answer as it would be kept, null for none."""

    visible: bool
    required: bool
    value: Json
    problems: tuple[Problem, ...]

    def to_json(self) -> dict[str, Json]:
        """As JSON."""
        return {
            "visible": self.visible,
            "required": self.required,
            "value": self.value,
            "problems": [problem.to_json() for problem in self.problems],
        }


StepView: TypeAlias = Mapping[str, FieldView]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A step's fields in evaluation order, and the names its routes see."""

    views: StepView
    names: Mapping[str, Value]

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, field by field."""
        return [problem for view in self.views.values() for problem in view.problems]


@dataclass(frozen=True, slots=True)
class _Scope:
    """The fields of a step, or the columns of one row, that are evaluated together.

    `names` is what expressions see, `bound` where these fields' values go: the names themselves, or the row's `item`.
    """

    plan: Plan
    step: str
    visit: str
    by: str | None
    at: str
    state: State
    names: dict[str, Value]
    bound: dict[str, Value]
    wanted: frozenset[str] | None
    reasons: Mapping[str, str]
    pointer: str
    table: str | None = None

    def element(self, field: PlanField) -> str:
        return f"{self.step}.{self.table}.{field.id}" if self.table else f"{self.step}.{field.id}"

    def situation(self, field: PlanField) -> Situation:
        return Situation(f"{self.step}.{field.id}", self.visit, self.by, self.at, self.state.order, self.state.locks)


def evaluate_step(
    plan: Plan,
    node: str,
    answers: JsonObject,
    history: History,
    state: State,
    at: str,
    *,
    reasons: Mapping[str, str] | None = None,
    visit: str = "",
    by: str | None = None,
) -> StepView:
    """Every field of the step `node` as `answers` make it, in evaluation order. They may be incomplete and wrong."""
    return evaluate(plan, node, answers, history, state, at, reasons=reasons, visit=visit, by=by).views


def evaluate(
    plan: Plan,
    node: str,
    answers: JsonObject,
    history: History,
    state: State,
    at: str,
    *,
    reasons: Mapping[str, str] | None = None,
    visit: str = "",
    by: str | None = None,
) -> Evaluated:
    """As `evaluate_step`, with the names that the step's routes see."""
    step = plan.step(node)
    names = names_for(plan, step, history, state, at)
    wanted = needs_of(plan, step).names
    scope = _Scope(plan, node, visit, by, at, state, names, names, wanted, reasons or {}, "/answers")
    return Evaluated(_evaluate_fields(scope, step.fields, step.evaluation_order, answers), names)


def _evaluate_fields(
    scope: _Scope, fields: Sequence[PlanField], order: Sequence[str], answers: JsonObject
) -> dict[str, FieldView]:
    by_id = {field.id: field for field in fields}
    views = {name: _evaluate_field(scope, by_id[name], answers.get(name)) for name in order}
    for name in order:
        if views[name].visible and by_id[name].checks:
            found = _check_problems(scope, by_id[name])
            view = views[name]
            views[name] = FieldView(view.visible, view.required, view.value, (*view.problems, *found))
    return views


def _evaluate_field(scope: _Scope, field: PlanField, raw: Json) -> FieldView:
    problems: list[Problem] = []
    at, element = deeper(scope.pointer, field.id), scope.element(field)
    if not holds(field.visible, scope.names, at, element, problems):
        scope.bound[field.id] = ABSENT
        return FieldView(False, False, None, tuple(problems))
    required = holds(field.required, scope.names, at, element, problems)
    field_type = scope.plan.field_type(field.type)
    if field_type is None:
        scope.bound[field.id] = ABSENT
        missing = Problem("field.type_missing", at, element, {"type": field.type})
        return FieldView(True, required, raw, (*problems, missing))
    known = len(problems)
    answer = _answer(scope, field, field_type, raw, problems)
    value: Value = ABSENT
    if field_type.has_columns and answer is not None:
        answer, value = _evaluate_rows(scope, field, cast("list[JsonObject]", answer), problems)
    elif answer is not None and (scope.wanted is None or field.id in scope.wanted):
        value = cel_value(scope.plan, field, answer)
    scope.bound[field.id] = value
    if len(problems) == known:
        lacking = field_type.missing(field.settings, answer, required, scope.situation(field))
        problems += placed(lacking, at, element) if lacking else ()
    return FieldView(True, required, answer, tuple(problems))


def _answer(scope: _Scope, field: PlanField, field_type: FieldType, raw: Json, problems: list[Problem]) -> Json:
    """The answer as it is kept: made by the engine, computed, given, or the default."""
    if field_type.made_by_engine:
        return field_type.made(field.settings, raw, scope.situation(field))
    if field.value is not None:
        return _computed(scope, field, field_type, field.value, problems)
    answer = _kept(scope, field, raw, problems)
    if raw is None and field.default is not None:
        return _computed(scope, field, field_type, field.default, problems)
    return answer


def _computed(
    scope: _Scope, field: PlanField, field_type: FieldType, expression: Expr, problems: list[Problem]
) -> Json:
    at = deeper(scope.pointer, field.id)
    value = result(expression, scope.names, at, scope.element(field), problems)
    if value is None:
        return None
    return _kept(scope, field, field_type.computed(field.settings, to_json(value)), problems)


def _kept(scope: _Scope, field: PlanField, raw: Json, problems: list[Problem]) -> Json:
    answer = normalise(scope.plan, field, raw)
    if isinstance(answer, Problems):
        problems += placed(answer, deeper(scope.pointer, field.id), scope.element(field))
        return None
    return answer


def _evaluate_rows(
    scope: _Scope, field: PlanField, rows: list[JsonObject], problems: list[Problem]
) -> tuple[Json, Value]:
    """Each row's columns evaluated as a step's fields are, under the name `item`."""
    columns = columns_of(scope.plan, field)
    order = cast("list[str]", field.settings["evaluation_order"])
    answers: list[Json] = []
    values: list[Value] = []
    for index, row in enumerate(rows):
        item: dict[str, Value] = {}
        views = _evaluate_fields(_row_scope(scope, field, item, index), columns, order, row)
        answers.append({name: views[name].value for name in order if views[name].value is not None})
        values.append({name: value for name, value in item.items() if value is not ABSENT})
        problems += [problem for view in views.values() for problem in view.problems]
    return answers, values


def _row_scope(scope: _Scope, field: PlanField, item: dict[str, Value], index: int) -> _Scope:
    return _Scope(
        scope.plan,
        scope.step,
        scope.visit,
        scope.by,
        scope.at,
        scope.state,
        {**scope.names, "item": cast("Value", item)},
        item,
        None,
        scope.reasons,
        deeper(scope.pointer, field.id, index),
        field.id,
    )


def _check_problems(scope: _Scope, field: PlanField) -> list[Problem]:
    """What the field's checks object to; one that asks for a reason is silent once the reason is there."""
    problems: list[Problem] = []
    at, element = deeper(scope.pointer, field.id), scope.element(field)
    reasoned = scope.table or field.id
    for check in field.checks:
        if result(check.that, scope.names, at, element, problems) is not False:
            continue
        params: JsonObject = {"check": check.id, "message": check.message}
        if check.level == "refuse":
            problems.append(Problem("answer.check_failed", at, element, params))
        elif not scope.reasons.get(reasoned):
            problems.append(Problem("answer.reason_missing", deeper("/reasons", reasoned), element, params))
    return problems
