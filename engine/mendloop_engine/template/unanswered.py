"""Answers that decide a route and may be left out: nobody is asked, and the order goes another way."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..expressions import Expression
from ..json_values import Json
from ..problems import Problem
from .expressions import Expressions
from .outline import FieldOutline, NodeOutline, Outline

Path = tuple[str, ...]


def unanswered_problems(outline: Outline, expressions: Expressions) -> Iterator[Problem]:
    """A warning for each field that a route's condition needs although its step can be completed without it.

    What is absent makes a condition false (`conditions.py`), so that "else" is taken without a word.
    """
    told: set[str] = set()
    for node in outline.nodes.values():
        for index, edge in enumerate(node.edges):
            condition = expressions.parsed.get(f"{edge.at}/when")
            for path in _trusted(condition) if condition is not None else ():
                field = _field(outline, node, path)
                if field is not None and field.at not in told and _may_be_left_out(field):
                    told.add(field.at)
                    params: Mapping[str, Json] = {"node": node.id, "index": index}
                    yield Problem("field.decides_unanswered", field.at, field.element, params)


def _field(outline: Outline, node: NodeOutline, path: Path) -> FieldOutline | None:
    """The field whose answer is read: one of this step's, or of another step's latest visit."""
    match path:
        case ["steps", step, name, *_] if step in outline.nodes:
            return _named(outline.nodes[step].fields, name)
        case [name, *_]:
            return _named(node.fields, name)
    return None


def _named(fields: Sequence[FieldOutline], name: str) -> FieldOutline | None:
    return next((field for field in fields if field.id == name), None)


def _may_be_left_out(field: FieldOutline) -> bool:
    """Whether a person may leave it out without having said something by that.

    A list is not: nothing chosen is an answer too. A condition under `required` is the designer's own care.
    """
    if field.type is None or field.type.made_by_engine or field.cel.kind == "list":
        return False
    if {"value", "default"} & field.doc.keys() or field.doc.get("visible") is False:
        return False
    return field.doc.get("required", field.type.required_by_default(field.settings)) is False


def _trusted(condition: Expression) -> list[Path]:
    """What the condition reads as if it were there."""
    asked = _asked_for(condition.tree)
    return [path for path in sorted(condition.reads) if not any(path[: len(each)] == each for each in asked if each)]


def _asked_for(tree: Any) -> set[Path]:
    """What a condition asks for with `has`: whoever wrote it has thought of what is absent."""
    found: set[Path] = set()
    waiting = [tree]
    while waiting:
        match waiting.pop():
            case ["has", inner]:
                found.add(_path(inner))
            case [_, *parts]:
                waiting += parts
    return found


def _path(tree: Any) -> Path:
    match tree:
        case ["name", str(name)]:
            return (name,)
        case ["field", operand, str(name)]:
            return (*_path(operand), name)
    return ()
