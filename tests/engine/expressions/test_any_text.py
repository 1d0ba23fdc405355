"""Whatever somebody types is an expression or has problems, and an expression always evaluates."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop_engine.expressions import (
    BOOL,
    DOUBLE,
    DYN,
    INT,
    STRING,
    EvaluationError,
    Expression,
    Type,
    compile_tree,
    explain,
    from_json,
    list_of,
    map_of,
    object_of,
    parse_expression,
    to_json,
)
from mendloop_engine.expressions.expression import parse_untyped

NAMES: dict[str, Type] = {
    "a": object_of({"b": DOUBLE, "c": list_of(STRING)}),
    "n": INT,
    "s": STRING,
    "m": map_of(STRING, BOOL),
    "any": DYN,
}
VALUES = {"a": {"b": 1.5, "c": ["x", None]}, "n": 3, "s": "中文", "m": {"k": True}, "any": {"x": [1, None]}}

WORDS = st.sampled_from(
    [
        *(
            "a",
            "n",
            "s",
            "m",
            "any",
            ".b",
            ".c",
            ".k",
            "[0]",
            "[",
            "]",
            "(",
            ")",
            "{",
            "}",
            ":",
            ",",
            "?",
            "!",
            "-",
            "+",
        ),
        *("*", "/", "%", "&&", "||", "==", "!=", "<", "<=", ">", ">=", "in", "true", "false", "null", "1", "2u", "0.5"),
        *("'x'", "b'x'", ".all(", ".map(", ".filter(", ".exists(", "x,", "has(", "size(", ".size()", ".split(", "int("),
        *(
            ".matches('a+')",
            "matches(",
            "string(",
            "math.round(",
            "now",
            "\\",
            "'",
            '"',
            "`",
            "中",
            "r'\\'",
            "1e3",
            "0x1F",
        ),
        *("//", "\n"),
    ]
)
SOURCES = st.one_of(
    st.text(max_size=40), st.lists(WORDS, max_size=25).map("".join), st.lists(WORDS, max_size=12).map(" ".join)
)
MANY = settings(
    max_examples=700, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@MANY
@given(source=SOURCES)
def test_any_text_is_an_expression_or_has_problems(source: str) -> None:
    read = parse_expression(source, NAMES)
    if isinstance(read, list):
        assert read
        assert all(explain(problem, language) for problem in read for language in ("zh-CN", "en"))
        assert all(0 <= problem.start <= problem.end <= len(source) for problem in read)
        return
    evaluate(read)


@MANY
@given(source=SOURCES)
def test_any_text_read_without_types_evaluates_or_fails_with_a_kind(source: str) -> None:
    read = parse_untyped(source, NAMES)
    if isinstance(read, Expression):
        evaluate(read)


def evaluate(read: Expression) -> None:
    """Through JSON, as the plan keeps it."""
    tree = json.loads(json.dumps(read.tree))
    values = {name: from_json(type_, VALUES.get(name)) for name, type_ in NAMES.items()}
    result = compile_tree(tree)(values)
    assert isinstance(result, EvaluationError) or json.dumps(to_json(result))
