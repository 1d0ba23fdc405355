"""Whatever is wrong is found before publishing, all at once, with its place and words."""

import json
import pkgutil
import time
from collections.abc import Callable

import pytest
from mendloop_engine.expressions import ExpressionProblem, Type, explain, parse_expression

Problems = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("runot.value > 1", ("unknown_name", "name")),
        ("runout.valu > 1", ("unknown_name", "member")),
        ("runout.value.round()", ("unknown_name", "function")),
        ("note + attempts", ("wrong_type", "operands")),
        ("note > 1", ("wrong_type", "operands")),
        ("note == null", ("wrong_type", "null_comparison")),
        ("note && true", ("wrong_type", "condition")),
        ("!attempts", ("wrong_type", "condition")),
        ("attempts ? 1 : 2", ("wrong_type", "condition")),
        ("true ? 1 : 'a'", ("wrong_type", "branches")),
        ("note.contains(1)", ("wrong_type", "arguments")),
        ("math.round(note)", ("wrong_type", "arguments")),
        ("note.value", ("wrong_type", "no_members")),
        ("runout['value']", ("wrong_type", "member_by_dot")),
        ("order.fault_codes['a']", ("wrong_type", "index")),
        ("{1.5: 2}", ("wrong_type", "key")),
        ("has(1 + 1)", ("wrong_type", "has")),
        ("[1].all(1, true)", ("wrong_type", "macro_variable")),
        ("runout.all(x, true)", ("wrong_type", "range")),
        ("[1].all(x, x)", ("wrong_type", "condition")),
        ("now.getHours('Asia/Beijing')", ("wrong_type", "zone")),
        ("now.getHours(note)", ("outside_profile", "computed_zone")),
        ("note.matches(note)", ("outside_profile", "computed_pattern")),
        ("note.matches('(')", ("pattern", "invalid")),
        ("note.matches('(?=a)')", ("pattern", "invalid")),
        ("note.matches('\\\\C')", ("pattern", "unsupported")),
        ("note.matches('\\\\B')", ("pattern", "unsupported")),
        ("note.matches('((a{50}){50}b){5}')", ("pattern", "invalid")),
        ("note.matches('(abcd){600}')", ("pattern", "too_large")),
        ("dyn(1) == 1", ("outside_profile", "dynamic")),
        ("type(1) == int", ("outside_profile", "type")),
        ("'%d'.format([1])", ("outside_profile", "outside_function")),
        ("runout.?value", ("outside_profile", "optional")),
        ("order.fault_codes[?0]", ("outside_profile", "optional")),
        ("[1].all(i, v, true)", ("outside_profile", "two_variables")),
        ("[1].transformList(i, v, v)", ("outside_profile", "two_variables")),
        ("Reading{value: 1}", ("outside_profile", "message")),
        ("runout.value >", ("syntax", "unexpected_end")),
        ("runout.value > )", ("syntax", "unexpected_word")),
        ("runout.value ＞ 1", ("syntax", "unexpected_character")),
        ("note == 'a", ("syntax", "unclosed_text")),
        ("note == '\\q'", ("syntax", "bad_escape")),
        ("note == '\\ud800'", ("syntax", "bad_escape")),
        ("9223372036854775808", ("syntax", "number_range")),
        ("1e999", ("syntax", "number_range")),
        ("loop + 1", ("syntax", "reserved_word")),
        ("", ("syntax", "unexpected_end")),
        ("'" + "a" * 5000 + "'", ("too_large", "length")),
        ("(" * 1000 + "1" + ")" * 1000, ("too_large", "depth")),
        ("!" * 3000 + "true", ("too_large", "depth")),
        ("1" + " + 1" * 900, ("too_large", "depth")),
        ("note" + ".a" * 900, ("too_large", "depth")),
    ],
)
def test_a_mistake_is_refused_with_its_code(problems: Problems, source: str, expected: tuple[str, str]) -> None:
    assert expected in problems(source)


def test_all_problems_come_at_once_in_the_order_of_the_text(names: dict[str, Type]) -> None:
    read = parse_expression("runot.value > 1 && note > 2 && dyn(3) == 4", names)
    assert isinstance(read, list)
    assert [(problem.code, problem.start, problem.end) for problem in read] == [
        ("expression.unknown_name", 0, 5),
        ("expression.wrong_type", 19, 27),
        ("expression.outside_profile", 31, 37),
    ]


@pytest.mark.parametrize(
    ("source", "suggestion"),
    [("runot.value > 1", "runout"), ("runout.valeu > 1", "value"), ("note.startWith('a')", "startsWith"), ("zzz", "")],
)
def test_the_closest_name_is_suggested(names: dict[str, Type], source: str, suggestion: str) -> None:
    read = parse_expression(source, names)
    assert isinstance(read, list)
    assert read[0].params["suggestion"] == suggestion


def test_long_chains_of_conditions_are_no_problem(names: dict[str, Type]) -> None:
    assert not isinstance(parse_expression(" || ".join(["attempts == 1"] * 200), names), list)


@pytest.mark.parametrize(
    "source", ["(" * 4000, "[" * 4000, "{1:" * 1300, "a?b:" * 999, "-" * 3999, "f(" * 1999, "''" * 1999]
)
def test_hostile_nesting_is_refused_quickly(names: dict[str, Type], source: str) -> None:
    begin = time.monotonic()
    assert isinstance(parse_expression(source, names), list)
    assert time.monotonic() - begin < 10  # against hanging; how quick it is, the bench says


def test_every_reason_has_words_in_both_languages() -> None:
    words = json.loads(pkgutil.get_data("mendloop_engine.expressions", "words.json") or b"")
    for texts in [*words["reasons"].values(), *words["types"].values()]:
        assert set(texts) == {"zh-CN", "en"}


def test_words_name_types_as_people_do() -> None:
    problem = ExpressionProblem(
        "expression.wrong_type", {"reason": "operands", "operator": "+", "actual": "string, list(int)"}
    )
    assert explain(problem, "zh-CN") == "“+”不能用于文字, 列表(整数)"
    assert explain(problem, "en") == "“+” cannot be used with text, list(whole number)"
