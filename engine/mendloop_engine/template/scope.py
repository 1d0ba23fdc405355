"""What an expression of a template sees, and what its result must be, by the place where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ..environment import ORDER_TYPE
from ..expressions import BOOL, TIMESTAMP, Type, list_of, object_of
from .outline import FieldOutline, NodeOutline, Outline

Names: TypeAlias = Mapping[str, Type]


@dataclass(frozen=True, slots=True)
class Scope:
    """The names in an expression's reach. `expects` is None where any result will do."""

    names: Names
    expects: Type | None
    element: str


def common_names(outline: Outline) -> Names:
    """What every expression of a template sees."""
    steps = outline.steps_type()
    return {
        "order": ORDER_TYPE,
        "now": TIMESTAMP,
        "steps": object_of(steps),
        "visits": object_of({name: list_of(answers) for name, answers in steps.items()}),
    }


def node_names(common: Names, node: NodeOutline) -> Names:
    """What expressions of a node see besides: its fields."""
    return {**common, **{each.id: each.cel for each in node.fields}}


def column_names(names: Names, table: FieldOutline) -> Names:
    """What expressions of a table's columns see besides: the row as `item`."""
    return {**names, "item": object_of({column.id: column.cel for column in table.columns})}


def expected_of(field: FieldOutline, key: str) -> Type | None:
    """What an expression of a field must come to."""
    if key not in ("value", "default"):
        return BOOL
    return field.type.computed_type(field.settings) if field.type is not None and field.type.computable else None


def scope_at(outline: Outline, at: str) -> Scope | None:
    """The scope of the place `at` points to, whether an expression stands there or not; None where none can stand."""
    match [key.replace("~1", "/").replace("~0", "~") for key in at.split("/")]:
        case ["", "nodes", name, *rest] if name in outline.nodes:
            node = outline.nodes[name]
            return _in_node(node, node_names(common_names(outline), node), rest)
    return None


def _in_node(node: NodeOutline, names: Names, keys: Sequence[str]) -> Scope | None:
    match keys:
        case ["next", _, "when"]:
            return Scope(names, BOOL, node.id)
        case ["fields", _, "columns", _, *rest] if table := _at(node.fields, keys[:2], node.at):
            column = _at(table.columns, keys[2:4], table.at)
            return _in_field(column, column_names(names, table), rest)
        case ["fields", _, *rest]:
            return _in_field(_at(node.fields, keys[:2], node.at), names, rest)
    return None


def _at(fields: Sequence[FieldOutline], keys: Sequence[str], around: str) -> FieldOutline | None:
    return next((each for each in fields if each.at == "/".join((around, *keys))), None)


def _in_field(field: FieldOutline | None, names: Names, keys: Sequence[str]) -> Scope | None:
    match keys:
        case ["required" | "visible" | "value" | "default"] | ["checks", _, "that"] if field is not None:
            return Scope(names, expected_of(field, keys[-1]), field.element)
    return None
