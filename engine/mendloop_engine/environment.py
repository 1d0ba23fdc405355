"""The names that expressions see, fetched only as far as a node's expressions read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .expressions import BOOL, DYN, STRING, TIMESTAMP, Value, from_json, list_of, object_of
from .history import History, Visit
from .plan import Expr, Plan, PlanField, PlanNode, StepNode
from .state import State

ORDER_TYPE = object_of(
    {
        "number": STRING,
        "product": STRING,
        "asset": STRING,
        "fault_codes": list_of(STRING),
        "fault_text": STRING,
        "warranty": BOOL,
        "customer_level": STRING,
        "created": TIMESTAMP,
    }
)
"""What expressions see under `order`."""

RESERVED = ("steps", "visits", "order", "item", "now")
"""Names that no node and no field may have."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a node's expressions read: names at the top, steps under `steps` and under `visits`."""

    names: frozenset[str]
    latest: tuple[str, ...]
    completed: tuple[str, ...]


def needs_of(plan: Plan, node: PlanNode) -> Needs:
    """What the node's expressions read; worked out once per plan."""
    found: Needs = plan.once(("needs", node.id), lambda: _needs(plan, node))
    return found


def _needs(plan: Plan, node: PlanNode) -> Needs:
    paths = {path for expression in expressions_of(plan, node) for path in expression.reads}
    return Needs(
        frozenset(path[0] for path in paths if path),
        _steps_under("steps", paths, plan),
        _steps_under("visits", paths, plan),
    )


def _steps_under(name: str, paths: Iterable[tuple[str, ...]], plan: Plan) -> tuple[str, ...]:
    """The steps read under `name`; all of them when it is read as a whole."""
    under = [path for path in paths if path and path[0] == name]
    if any(len(path) == 1 for path in under):
        return tuple(sorted(step for step, node in plan.nodes.items() if isinstance(node, StepNode)))
    return tuple(sorted({path[1] for path in under}))


def expressions_of(plan: Plan, node: PlanNode) -> list[Expr]:
    """Every expression of a node: of its routes, its fields, their columns."""
    found = [edge.when for edge in getattr(node, "next", ()) if edge.when is not None]
    if isinstance(node, StepNode):
        for field in node.fields:
            found += field_expressions(field)
            for column in columns_of(plan, field):
                found += field_expressions(column)
    return found


def field_expressions(field: PlanField) -> list[Expr]:
    """Every expression of one field."""
    given = (field.required, field.visible, field.value, field.default, *(check.that for check in field.checks))
    return [expression for expression in given if isinstance(expression, Expr)]


def columns_of(plan: Plan, field: PlanField) -> tuple[PlanField, ...]:
    """The columns of a field, if its type has any."""
    field_type = plan.field_type(field.type)
    if field_type is None or not field_type.has_columns:
        return ()
    columns: tuple[PlanField, ...] = plan.once(("columns", id(field)), lambda: _read_columns(field))
    return columns


def _read_columns(field: PlanField) -> tuple[PlanField, ...]:
    return tuple(PlanField.from_json(column) for column in field.settings["columns"])  # type: ignore[union-attr, arg-type]


def names_for(plan: Plan, node: PlanNode, history: History, state: State, at: str) -> dict[str, Value]:
    """The names at the top for a node's expressions, its own fields apart."""
    needs = needs_of(plan, node)
    names: dict[str, Value] = {}
    if "order" in needs.names:
        names["order"] = from_json(ORDER_TYPE, state.order)
    if "now" in needs.names:
        names["now"] = from_json(TIMESTAMP, at)
    if needs.latest:
        names["steps"] = {step: latest_view(plan, step, history.latest(step)) for step in needs.latest}
    if needs.completed:
        names["visits"] = {
            step: [latest_view(plan, step, visit) for visit in history.completed(step)] for step in needs.completed
        }
    return names


def latest_view(plan: Plan, step: str, visit: Visit | None) -> Value:
    """A completed visit's answers as expressions see them; without one, all are absent."""
    node = plan.nodes.get(step)
    if visit is None or not isinstance(node, StepNode):
        return {}
    return {
        field.id: cel_value(plan, field, visit.answers[field.id]) for field in node.fields if field.id in visit.answers
    }


def cel_value(plan: Plan, field: PlanField, answer: object) -> Value:
    """One answer as expressions see it."""
    field_type = plan.field_type(field.type)
    if field_type is None:
        return from_json(DYN, None)
    if field_type.has_columns:
        return [_row_value(plan, field, row) for row in answer]  # type: ignore[attr-defined]
    return from_json(field.cel, field_type.cel_view(field.settings, answer))  # type: ignore[arg-type]


def _row_value(plan: Plan, field: PlanField, row: Mapping[str, object]) -> Value:
    return {
        column.id: cel_value(plan, column, row[column.id]) for column in columns_of(plan, field) if column.id in row
    }
