"""Drafts that are sent to keep the server busy are answered in about two seconds of its time, whatever is in them."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from engine_bench import step, template
from hostile_drafts import HOSTILE
from mendloop.checking.answers import check_out
from mendloop.checking.services import PUBLISHING_SECONDS, check_document, check_expression, check_for_publishing
from mendloop.library.demo import builtin_templates_folder
from mendloop_engine.expressions import bounded_patterns, compile_pattern, parse_expression, regex_sets
from mendloop_engine.problems import codes

SECONDS = 20.0
"""About two on an idle machine. This is no measurement: it tells work that is bounded from work that is not."""

MOST_ANSWERED = 20_000_000


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_draft_is_answered_in_bounded_time_and_space(make: Callable[[], dict[str, Any]]) -> None:
    document = json.loads(json.dumps(make()))
    began = time.thread_time()
    checked = check_document(document)
    answer = check_out(checked, plan=True, expressions=True).model_dump_json(by_alias=True)
    assert time.thread_time() - began < SECONDS
    assert len(answer) < MOST_ANSWERED
    assert len(checked.problems) <= 2_002


def text(name: str, pattern: str) -> dict[str, Any]:
    return {"id": name, "type": "text", "pattern": pattern}


def steps_with(patterns: list[str]) -> dict[str, Any]:
    """Twenty fields in each step."""
    groups = [patterns[start : start + 20] for start in range(0, len(patterns), 20)]
    nodes = {
        f"s{number}": step(*(text(f"f{k}", one) for k, one in enumerate(group)), to=f"s{number + 1}")
        for number, group in enumerate(groups)
    }
    return template({**nodes, f"s{len(groups)}": step()}, start="s0")


def test_patterns_as_companies_have_them_stay_far_within_the_budget() -> None:
    usual = [f"[A-Z]{{2}}-{number}-[0-9]{{4}}" for number in range(300)]
    chinese = [f"[\u4e00-\u9fa5]{{1,20}}{number}号" for number in range(200)]
    assert check_document(steps_with([*usual, *chinese, r"\p{Han}+", r"(?i)sn\d{8}", r"[^\s]+@[^\s]+"])).problems == ()


def test_too_many_patterns_are_told_once_for_the_template() -> None:
    hard = [rf"[\p{{L}}{chr(0x4E00 + number)}]+" for number in range(100)]
    assert codes(check_document(steps_with(hard)).problems) == ["template.patterns_too_many"]


def test_the_budget_is_the_same_whether_the_patterns_were_compiled_before_or_not() -> None:
    hard = steps_with([rf"[\p{{L}}{chr(0x5000 + number)}]+" for number in range(8)])
    verdicts = [codes(check_document(hard).problems) for _ in range(2)]
    assert verdicts == [[], []]


def test_what_is_checked_by_itself_has_a_budget_too() -> None:
    began = time.thread_time()
    source = " || ".join(f"'a'.matches('[\\\\p{{L}}{chr(0x6000 + number)}]')" for number in range(150))
    read = check_expression(template({"work": step()}), "/nodes/work/next/0/when", source[:3_990].rpartition(" || ")[0])
    assert {problem.params["rule"] for problem in read.problems} == {"too_many"}
    assert isinstance(parse_expression("'a'.matches('[^b]')", {}), object)
    assert time.thread_time() - began < SECONDS


@pytest.mark.parametrize(
    "atom",
    [
        "[a-z]",
        "[^a-z]",
        r"[\d.,-]"[:-2] + "]",
        r"[\w\s]",
        r"[^\\]",
        "[一-龥A-Z]",
        "[^\"'<>]",
        r"\d",
        r"\w",
        r"\s",
        r"\.",
        "[b-da-c]",
    ],
)
def test_classes_that_are_read_without_re2_hold_what_re2_says(atom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = regex_sets.set_of.__wrapped__(atom, "")
    assert regex_sets.cost_of(atom, "", own) == 0
    monkeypatch.setattr(regex_sets, "_plain", lambda *_: None)
    assert regex_sets.set_of.__wrapped__(atom, "") == own


def test_an_inner_budget_is_the_outer_one() -> None:
    with bounded_patterns() as outer, bounded_patterns() as inner:
        assert inner is outer
        outer.left = -1
        assert compile_pattern("[a-z]") == "too_many"
    assert isinstance(compile_pattern("[a-z]"), dict)


def endless() -> dict[str, Any]:
    ones = "[" + ",".join("1" for _ in range(40)) + "]"
    when = f"{ones}.all(a, {ones}.all(b, {ones}.all(c, a + b + c > 0)))"
    fields = [{"id": f"f{number}", "type": "text", "visible": when} for number in range(150)]
    acts = [{"do": "complete", "step": "work", "answers": {}}]
    return template(
        {"work": step(*fields)}, scenarios=[{"name": f"n{k}", "acts": acts, "expect": {}} for k in range(20)]
    )


def test_scenarios_stop_in_the_middle_of_an_act_and_it_is_told_how_many_are_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (left,) = check_document(endless()).problems
    assert (left.code, left.level, left.params["count"]) == ("scenario.not_played", "warning", 20)
    assert (left.at, left.element) == ("/scenarios/0", "n0")
    monkeypatch.setattr("mendloop.checking.services.PUBLISHING_SECONDS", 0.2)
    (refused,) = check_for_publishing(endless()).problems
    assert (refused.code, refused.level, refused.params["count"]) == ("scenario.too_long", "error", 20)
    assert (refused.at, refused.element) == ("/scenarios/0", "n0")
    assert "0.2" in refused.message("zh-CN")
    assert "20" in refused.message("en")


def test_publishing_keeps_the_server_busy_for_a_few_seconds_at_most() -> None:
    """Its check may take as long as the one while typing, and the scenarios their own time on top."""
    document = endless()
    began = time.thread_time()
    typed = check_document(document)
    middle = time.thread_time()
    published = check_for_publishing(document)
    ended = time.thread_time()
    assert codes(typed.problems) == ["scenario.not_played"]
    assert codes(published.problems) == ["scenario.too_long"]
    assert PUBLISHING_SECONDS <= 3.0
    assert ended - middle < PUBLISHING_SECONDS + 2 * (middle - began)


def test_as_many_scenarios_as_a_template_may_have_fit_into_publishing() -> None:
    """200 runs of the pump's overhaul, which has more steps than most, take a third of what they may take."""
    pump = json.loads((builtin_templates_folder() / "pump" / "overhaul.json").read_text(encoding="utf-8"))
    played = pump["scenarios"]
    many = {**pump, "scenarios": [{**played[k % len(played)], "name": f"n{k}"} for k in range(200)]}
    assert check_for_publishing(many).problems == ()
