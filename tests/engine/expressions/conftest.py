"""The names of a pump's order, with a value each."""

from collections.abc import Callable

import pytest
from mendloop_engine.expressions import (
    BOOL,
    DOUBLE,
    INT,
    STRING,
    TIMESTAMP,
    Expression,
    Type,
    Value,
    compile_tree,
    from_json,
    list_of,
    object_of,
    parse_expression,
)

READING = object_of({"value": DOUBLE, "reason": STRING, "in_tolerance": BOOL})


@pytest.fixture
def names() -> dict[str, Type]:
    return {
        "runout": READING,
        "attempts": INT,
        "note": STRING,
        "now": TIMESTAMP,
        "steps": object_of(
            {"isolate": object_of({"loto": object_of({"closed": BOOL})}), "measure": object_of({"runout": READING})}
        ),
        "visits": object_of({"measure": list_of(object_of({"runout": READING}))}),
        "order": object_of({"fault_codes": list_of(STRING), "created": TIMESTAMP}),
    }


@pytest.fixture
def values(names: dict[str, Type]) -> dict[str, Value]:
    answers = {
        "runout": {"value": 0.06},
        "attempts": 3,
        "now": "2026-11-22T10:00:00Z",
        "steps": {"isolate": {"loto": {"closed": True}}},
        "visits": {"measure": [{"runout": {"value": 0.09}}, {"runout": {"value": 0.04}}]},
        "order": {"fault_codes": ["P-12", "V-3"], "created": "2026-11-20"},
    }
    return {name: from_json(type_, answers.get(name)) for name, type_ in names.items()}


@pytest.fixture
def evaluate(names: dict[str, Type], values: dict[str, Value]) -> Callable[[str], Value]:
    """The value of an expression in the pump's order."""

    def run(source: str) -> Value:
        read = parse_expression(source, names)
        assert isinstance(read, Expression), read
        return compile_tree(read.tree)(values)

    return run


@pytest.fixture
def problems(names: dict[str, Type]) -> Callable[[str], list[tuple[str, str]]]:
    """Code and reason of everything that is wrong with an expression."""

    def run(source: str) -> list[tuple[str, str]]:
        read = parse_expression(source, names)
        assert isinstance(read, list), read.tree
        return [(problem.code.removeprefix("expression."), problem.params["reason"]) for problem in read]

    return run
