"""The specification's own cases: what must pass, in both evaluators, and what the profile leaves out by name."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cel.phone import Phone
from cel.spec import CORE, Case, cases
from cel.tagged import same, tagged
from mendloop_engine.expressions import (
    BOOL,
    BYTES,
    DOUBLE,
    DYN,
    INT,
    NULL,
    STRING,
    UINT,
    EvaluationError,
    ExpressionProblem,
    Type,
    Value,
    compile_tree,
    list_of,
    map_of,
    parse_expression,
)
from mendloop_engine.expressions.expression import parse_untyped

LEAST_SHARE = 0.98
OUTSIDE: dict[str, str] = json.loads(Path(__file__).with_name("outside_profile.json").read_text("utf-8"))
_TYPES = {bool: BOOL, str: STRING, float: DOUBLE, int: INT, bytes: BYTES, type(None): NULL}


@pytest.fixture(scope="module")
def spec(shared_dir: Path) -> list[Case]:
    return list(cases(shared_dir))


def tree_of(case: Case) -> Any:
    read = parse_untyped(case.source, dict.fromkeys(case.names, DYN))
    return ["unknown"] if isinstance(read, list) else read.tree


def passes(case: Case, result: Any) -> bool:
    """`result` is tagged; a refused expression counts as one that fails."""
    failed = isinstance(result, dict) and "e" in result
    return failed if case.fails else same(_sorted(result), _sorted(tagged(case.expected)))


def _sorted(value: Any) -> Any:
    """Maps in one order: the cases do not promise any."""
    if isinstance(value, dict) and "m" in value:
        return {"m": sorted(value["m"], key=repr)}
    return value


def failures(spec: list[Case], run: Callable[[Case], Any]) -> list[str]:
    return [str(case) for case in spec if not passes(case, run(case))]


def on_server(case: Case) -> Any:
    return tagged(compile_tree(tree_of(case))(case.bindings))


@pytest.mark.parametrize("where", ["server", "phone"])
def test_core_cases_pass_except_those_listed_by_name(spec: list[Case], where: str, phone: Phone) -> None:
    core = [case for case in spec if case.file in CORE]
    run = on_server if where == "server" else lambda case: phone.evaluate(tree_of(case), case.bindings)
    failed = failures(core, run)
    assert sorted(failed) == sorted(name for name in OUTSIDE if name.split("/")[0] in CORE)
    assert 1 - len(failed) / len(core) >= LEAST_SHARE


def test_every_case_that_fails_is_listed_by_name(spec: list[Case]) -> None:
    failed = failures(spec, on_server)
    assert sorted(failed) == sorted(OUTSIDE)


def test_both_evaluators_give_the_same_for_every_case(spec: list[Case], phone: Phone) -> None:
    different = [str(case) for case in spec if not same(on_server(case), phone.evaluate(tree_of(case), case.bindings))]
    assert different == []


def declared(case: Case) -> dict[str, Type]:
    return {name: type_of(case.bindings[name]) if name in case.bindings else DYN for name in case.names}


def type_of(value: Value) -> Type:
    if isinstance(value, list):
        return list_of(DYN)
    if isinstance(value, dict):
        return map_of(STRING, DYN)
    return _TYPES.get(type(value), UINT)


def test_templates_cannot_use_what_is_outside_the_profile(spec: list[Case]) -> None:
    listed = [case for case in spec if str(case) in OUTSIDE and not OUTSIDE[str(case)].startswith("the case itself")]
    accepted = [str(case) for case in listed if not isinstance(parse_expression(case.source, declared(case)), list)]
    assert accepted == []


def test_a_case_that_templates_accept_gives_what_the_specification_says(spec: list[Case]) -> None:
    """Types, promotions and all: checked expressions, too, are CEL."""
    wrong: list[str] = []
    accepted: Counter[str] = Counter()
    for case in spec:
        read = parse_expression(case.source, declared(case))
        if isinstance(read, list) or str(case) in OUTSIDE:
            continue
        accepted[case.file] += 1
        if not passes(case, tagged(compile_tree(read.tree)(case.bindings))):
            wrong.append(str(case))
    assert wrong == []
    assert accepted["macros"] >= 30
    assert accepted["integer_math"] >= 55


def test_the_two_cases_left_out_as_faulty_expect_a_backslash_that_their_source_lacks(spec: list[Case]) -> None:
    faulty = [case for case in spec if OUTSIDE.get(str(case), "").startswith("the case itself")]
    assert [isinstance(case.expected, bytes) and b"\\" in case.expected for case in faulty] == [True, True]
    assert not any("\\" in case.source for case in faulty)


def test_what_the_checker_refuses_is_refused_with_a_known_code(spec: list[Case]) -> None:
    problems: list[ExpressionProblem] = []
    for case in spec:
        read = parse_expression(case.source, declared(case))
        problems += read if isinstance(read, list) else []
    assert {problem.code for problem in problems} <= {
        "expression.syntax",
        "expression.unknown_name",
        "expression.wrong_type",
        "expression.outside_profile",
    }
    assert all(0 <= problem.start <= problem.end for problem in problems)
    assert not any(isinstance(problem, EvaluationError) for problem in problems)
