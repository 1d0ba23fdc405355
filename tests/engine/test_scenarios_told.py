"""A scenario that no longer holds says so in words that a service manager knows: no ids, no codes, no pointers."""

from typing import Any

import pytest
from engine_bench import step, template, words
from mendloop_engine.check import check_template

Document = dict[str, Any]
Act = dict[str, Any]


def said(text: str, english: str) -> dict[str, str]:
    return {"zh-CN": text, "en": english}


ROLES = {"engineer": {"title": said("维修工", "Fitter")}, "inspector": {"title": said("质检员", "QC")}}
GATE = {"id": "gate_1", "type": "safety_gate", "label": said("挂牌", "Lock-out"), "visible": "order.warranty",
        "points": [{"id": "point_1", "label": said("配电柜 3 号开关", "Breaker 3")}]}  # fmt: skip
ITEMS = [{"id": "item_1", "label": said("漏水", "Leaks")}, {"id": "item_2", "label": said("异响", "Noise")}]
LIST = {"id": "list_1", "type": "checklist", "label": said("外观", "Looks"), "items": ITEMS}
OFF = {"id": "off_1", "type": "safety_gate", "removes": "step_1.gate_1", "label": said("摘牌", "Off")}


@pytest.fixture
def document() -> Document:
    ways = [{"when": "order.warranty", "to": "step_3", "label": words("w")}, {"to": "step_4"}]
    nodes = {
        "step_1": step(GATE, to="step_2", title=said("断电挂牌", "Isolate")),
        "step_2": step(LIST, next=ways, title=said("检查", "Look")),
        "step_3": step(to="step_4", energises=True, title=said("通电试运行", "Test run")),
        "step_4": step(OFF, title=said("解除挂牌", "Unlock")),
    }
    return template(nodes, start="step_1", roles=ROLES)


OK = {"result": "ok"}
LOCKED: Act = {"do": "complete", "step": "step_1", "locks": True}
LOOKED: Act = {"do": "complete", "step": "step_2", "answers": {"list_1": {"item_1": OK, "item_2": OK}}}


def told(document: Document, acts: list[Act], language: str = "zh-CN", **more: Any) -> str:
    document["nodes"]["done"]["title"] = said("修好", "Repaired")
    run = {"name": "常规", "acts": acts, "expect": more.pop("expect", {}), **more}
    found = check_template({**document, "scenarios": [run]}).problems
    (only,) = [each for each in found if each.code.startswith("scenario.")]
    return only.message(language)


def test_a_lock_that_stands_is_told_with_the_step_and_the_point(document: Document) -> None:
    acts = [LOCKED, LOOKED, {"do": "complete", "step": "step_3"}]

    assert told(document, acts, order={"warranty": True}) == (
        "情景第 3 个操作：“通电试运行”做不下去：还有锁没有解除：配电柜 3 号开关"
    )
    assert told(document, acts, "en", order={"warranty": True}) == (
        "Scenario, act 3: “Test run” cannot go on: Locks are still in place: Breaker 3"
    )


def test_what_is_missing_is_told_with_its_field_and_what_is_inside_it(document: Document) -> None:
    assert told(document, [LOCKED, {**LOOKED, "answers": {"list_1": {"item_2": OK}}}]) == (
        "情景第 2 个操作：“检查”做不下去：外观：检查项“漏水”还没有勾选"
    )


def test_a_role_is_told_by_its_title(document: Document) -> None:
    assert told(document, [{**LOCKED, "by": "inspector"}]) == ("情景第 1 个操作：“断电挂牌”做不下去：需要“维修工”角色")


def test_steps_that_are_open_instead_are_told_by_their_titles(document: Document) -> None:
    assert told(document, [LOOKED]) == ("情景第 1 个操作：还没走到（或已经走过）“检查”，此时可做的步骤：断电挂牌")


def test_a_refusal_that_does_not_come_is_told(document: Document) -> None:
    assert told(document, [{"do": "start", "step": "step_1", "refused": ["role.missing"]}]) == (
        "情景第 1 个操作：“断电挂牌”本应像录制时那样被拒绝，实际：没有被拒绝"
    )


def test_another_end_is_told_by_its_title_and_other_steps_from_where_they_part(document: Document) -> None:
    acts = [LOCKED, LOOKED, {"do": "complete", "step": "step_4", "locks": True}]
    expect = {"completed": ["step_1", "step_2", "step_3", "step_4"]}

    assert told(document, acts, expect=expect) == (
        "情景走出来不一样：先后做完的步骤应为 … → 检查 → 通电试运行 → 解除挂牌，实际为 … → 检查 → 解除挂牌"
    )
    assert told(document, acts, expect={"ended": "scrapped"}, language="en") == (
        "The scenario came out differently: the end should be scrapped, but came to Repaired"
    )
    assert told(document, acts[:2], expect={"open": []}) == (
        "情景走出来不一样：还在进行的步骤应为 没有，实际为 解除挂牌"
    )
    assert told(document, acts, expect={"visits": {"step_3": 1}}) == (
        "情景走出来不一样：“通电试运行”做的次数应为 1，实际为 0"
    )


def test_a_scenario_that_names_what_is_gone_keeps_nobody_from_trying_the_rest(document: Document) -> None:
    gone: Document = {"name": "常规", "acts": [{"do": "complete", "step": "step_9"}], "expect": {}}
    checked = check_template({**document, "scenarios": [gone]})

    assert [problem.code for problem in checked.problems.errors] == ["reference.unknown_node"]
    assert checked.template is None
    assert checked.plan is not None
    assert checked.plan == check_template(document).plan
    document["nodes"]["step_1"]["role"] = "nobody"
    assert check_template({**document, "scenarios": [gone]}).plan is None
