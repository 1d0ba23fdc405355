"""Random expressions before two judges, Google's C++ evaluator and `@bufbuild/cel`; where one differs, why it does."""

from collections.abc import Mapping
from typing import Any

import pytest
from cel.judges import google_says
from cel.made import NAMES, environments, sources
from cel.phone import NodeProcess
from cel.tagged import same, tagged
from hypothesis import HealthCheck, given, settings
from mendloop_engine.expressions import Expression, Value, compile_tree, parse_expression
from mendloop_engine.expressions.expression import parse_untyped

QUIET = settings(
    max_examples=700, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
ASTRAL = "😀"


def ours(source: str, environment: Mapping[str, Value]) -> Any:
    read = parse_expression(source, NAMES)
    assert isinstance(read, Expression), (source, read)
    return tagged(compile_tree(read.tree)(environment))


def npm_says(judge: NodeProcess, source: str, environment: Mapping[str, Value]) -> Any:
    return judge.ask(source=source, env={name: tagged(value) for name, value in environment.items()})


def failed(result: Any) -> bool:
    return isinstance(result, dict) and "e" in result


def alike(result: Any, judgement: Any) -> bool:
    """The same value, or both an error: the judges word theirs as they like."""
    return failed(judgement) if failed(result) else same(result, judgement)


def google_is_known_to_differ(judgement: Any) -> bool:
    return failed(judgement) and "<string>.substring" in judgement["e"]


def npm_is_known_to_differ(source: str, environment: Mapping[str, Value]) -> bool:
    return "math." in source or "getDayOfYear" in source or ASTRAL in source or ASTRAL in str(environment)


@QUIET
@given(source=sources(extended=False), environment=environments(absences=False))
def test_judges_agree_on_random_expressions(npm_judge: NodeProcess, source: str, environment: dict[str, Value]) -> None:
    result = ours(source, environment)
    google = google_says(source, environment)
    assert alike(result, google) or google_is_known_to_differ(google), (source, result, google)
    if not npm_is_known_to_differ(source, environment):
        npm = npm_says(npm_judge, source, environment)
        assert alike(result, npm), (source, result, npm)


DIFFERENCES = [
    ("google", "'1'.substring(0, 1)", {"s": "1"}, "it refuses an end at the end of the text"),
    ("google", "''.split('')", [], "no character gives no piece, as in Go, where the extension was first written"),
    (
        "google",
        "string(timestamp('2024-01-01T00:00:00.5Z'))",
        {"s": "2024-01-01T00:00:00.5Z"},
        "it pads to 3, 6 or 9 decimals",
    ),
    (
        "google",
        "string(1e20)",
        {"s": "100000000000000000000"},
        "the specification leaves the form open: ours is ECMAScript's",
    ),
    ("npm", "timestamp(1)", {"t": "1000000000"}, "it takes seconds for milliseconds"),
    ("npm", "'😀x'.charAt(0)", {"s": "😀"}, "it counts UTF-16 units"),
    ("npm", "'xy'.replace('', '-')", {"s": "-x-y-"}, "it finds an empty text at the beginning only"),
    ("npm", "math.least(1, 2)", {"i": "1"}, "it has no math functions"),
]


@pytest.mark.parametrize(("judge", "source", "expected", "reason"), DIFFERENCES)
def test_where_a_judge_differs_and_why(
    npm_judge: NodeProcess, judge: str, source: str, expected: Any, reason: str
) -> None:
    assert same(ours(source, {}), expected)
    theirs = google_says(source, {}) if judge == "google" else npm_says(npm_judge, source, {})
    assert not alike(expected, theirs), f"no longer so: {reason}"


@pytest.mark.parametrize(
    "source",
    [
        "size('中文') == 2",
        "1 == 1.0 && dyn(1) == 1.0",
        "false && (1 / 0 > 0)",
        "(1 / 0 > 0) || true",
        "9223372036854775807 + 1",
        "-7 / 2 == -3 && -7 % 2 == -1",
        "[1, 2, 3].exists(x, 1 / (x - 2) > 0)",
        "{'a': 1}.b",
        "has({'a': 1}.b)",
        "'a' < 'B'",
        "timestamp('2024-03-10T12:00:00Z').getHours('America/New_York') == 8",
        "duration('1h30m').getMinutes() == 90",
        "1.0 / 0.0 > 1e300",
        "-0.0",
        "1.0 / -0.0",
        "'abc'.matches('^b')",
        "[1, 'a', null][2] == null",
    ],
)
def test_all_four_agree_on_the_known_traps(npm_judge: NodeProcess, source: str) -> None:
    read = parse_untyped(source, {})
    assert isinstance(read, Expression)
    result = tagged(compile_tree(read.tree)({}))
    assert alike(result, google_says(source, {}))
    assert alike(result, npm_says(npm_judge, source, {}))
