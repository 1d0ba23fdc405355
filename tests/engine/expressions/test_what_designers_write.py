"""Expressions as they stand in templates."""

from collections.abc import Callable

import pytest
from mendloop_engine.expressions import (
    ABSENT,
    BOOL,
    DOUBLE,
    INT,
    STRING,
    EvaluationError,
    Expression,
    Type,
    Value,
    parse_expression,
)

Evaluate = Callable[[str], Value]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("runout.value > 0.05 && steps.isolate.loto.closed", True),
        ("runout.value * 2", 0.12),
        ("runout.value * attempts", 0.18),
        ("attempts >= 2.5", True),
        ("attempts == 3.0", True),
        ("runout.value > 0.05 ? 1 : 0.5", 1.0),
        ("[1, 2.5][0]", 1.0),
        ("'P-12' in order.fault_codes", True),
        ("order.fault_codes.exists(code, code.startsWith('P-'))", True),
        ("visits.measure.map(v, v.runout.value)", [0.09, 0.04]),
        ("visits.measure[0].runout.value - visits.measure[1].runout.value > 0.04", True),
        ("now - order.created > duration('48h')", True),
        ("now.getHours('Asia/Shanghai') < 19", True),
        ("math.round(runout.value * 1000) / 10", 6.0),
        ("math.greatest(1, attempts, 2)", 3),
        ("size('中文')", 2),
        ("'泵轴 A-12'.matches('A-\\\\d+$')", True),
    ],
)
def test_conditions_and_values_of_a_pump_template(evaluate: Evaluate, source: str, expected: Value) -> None:
    result = evaluate(source)
    assert result == (pytest.approx(expected) if isinstance(expected, float) else expected)
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("note == ''", ABSENT),
        ("steps.measure.runout.value > 1", ABSENT),
        ("note == '' && false", False),
        ("false && note == ''", False),
        ("note == '' || true", True),
        ("note == '' || false", ABSENT),
        ("attempts > 1 ? 'again' : note", "again"),
        ("attempts > 9 ? 'again' : note", ABSENT),
        ("[note]", ABSENT),
        ("visits.measure.all(v, v.runout.value > 1 || v.runout.reason != '')", ABSENT),
        ("visits.measure.exists(v, v.runout.reason != '' || v.runout.value < 0.05)", True),
        ("1 / 0 == 1 && note == ''", EvaluationError("division_by_zero")),
        ("note == '' && 1 / 0 == 1", ABSENT),
    ],
)
def test_an_absent_answer_is_absorbed_as_errors_are(evaluate: Evaluate, source: str, expected: Value) -> None:
    assert evaluate(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("has(note)", False),
        ("has(runout)", True),
        ("has(runout.value)", True),
        ("has(runout.reason)", False),
        ("has(steps.measure.runout.value)", False),
        ("has(steps.isolate.loto)", True),
        ("has(visits.measure[1].runout)", True),
        ("has(visits.measure[7].runout)", False),
        ("has(order.fault_codes)", True),
    ],
)
def test_has_says_whether_a_value_is_there(evaluate: Evaluate, source: str, expected: bool) -> None:
    assert evaluate(source) is expected


def test_an_expression_says_what_it_reads(names: dict[str, Type]) -> None:
    read = parse_expression(
        "has(note) && runout.value > 1 && visits.measure[0].runout.value > 2 && visits.measure.all(v, has(v.runout))"
        " && steps.measure.runout.value < runout.value",
        names,
    )
    assert isinstance(read, Expression)
    assert read.reads == {
        ("note",),
        ("runout", "value"),
        ("visits", "measure"),
        ("steps", "measure", "runout", "value"),
    }


@pytest.mark.parametrize(
    ("source", "expects", "accepted"),
    [
        ("attempts", DOUBLE, True),
        ("attempts", INT, True),
        ("runout.value", INT, False),
        ("attempts", BOOL, False),
        ("note", STRING, True),
        ("attempts > 1", BOOL, True),
        ("7", DOUBLE, True),
    ],
)
def test_the_expected_type_is_enforced(names: dict[str, Type], source: str, expects: Type, accepted: bool) -> None:
    read = parse_expression(source, names, expects)
    assert isinstance(read, Expression) is accepted
    if isinstance(read, Expression):
        assert read.type == expects
    else:
        assert [problem.params["reason"] for problem in read] == ["result"]
