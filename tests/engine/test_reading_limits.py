"""Limits of a reading that contradict each other are told before anybody measures by them."""

from typing import Any

import pytest
from engine_bench import step, template, words
from mendloop_engine import Problems, parse_template


def told(**limits: Any) -> list[tuple[str, str, str]]:
    """What the check says of a reading with these limits, and how severely."""
    reading = {"id": "volt", "type": "reading", "unit": "V", "label": words("v"), **limits}
    parsed = parse_template(template({"work": step(reading)}))
    problems = parsed if isinstance(parsed, Problems) else parsed.warnings
    return [(problem.code, problem.at, problem.level) for problem in problems]


@pytest.mark.parametrize("soft", [-9, [None, -9], [14, None], [13.5, 20], 11.49])
def test_a_soft_limit_that_no_value_in_tolerance_keeps_is_told(soft: Any) -> None:
    at = "/nodes/work/fields/0/soft_limit"
    assert told(tolerance=[11.5, 13], soft_limit=soft) == [("reading.soft_outside", at, "warning")]


@pytest.mark.parametrize("soft", [15, 11.5, [11, 14], [12, 12.5], [13, None], [None, None]])
def test_a_soft_limit_that_some_value_in_tolerance_keeps_is_fine(soft: Any) -> None:
    assert told(tolerance=[11.5, 13], soft_limit=soft) == []


@pytest.mark.parametrize(("tolerance", "soft"), [([None, 5], [6, None]), ([5, None], 4)])
def test_open_ends_count_as_endless(tolerance: Any, soft: Any) -> None:
    assert [code for code, _, _ in told(tolerance=tolerance, soft_limit=soft)] == ["reading.soft_outside"]


def test_a_range_upside_down_is_told_alone() -> None:
    assert [code for code, _, _ in told(tolerance=[13, 11.5], soft_limit=-9)] == ["field.limits_crossed"]


def test_one_limit_alone_contradicts_nothing() -> None:
    assert told(tolerance=[11.5, 13]) == told(soft_limit=-9) == []
