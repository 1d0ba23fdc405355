"""A recorded run that no longer fits the flow, and a flow that gets stuck under its own lock: told and set right."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Designing = Callable[..., DesignerTab]
Document = dict[str, Any]


def step(title: str, to: str, *fields: Document, **more: Any) -> Document:
    return {
        "kind": "step",
        "role": "engineer",
        "title": {"zh-CN": title},
        "fields": [*fields],
        "next": [{"to": to}],
        **more,
    }


def flow(*, first: str = "step_2") -> Document:
    """Lock, mend, unlock, test run; with `first` = step_4 the test run comes under the lock."""
    gate = {"id": "gate_1", "type": "safety_gate", "label": {"zh-CN": "挂牌"}, "points": ["MCC-12"]}
    off = {"id": "gate_2", "type": "safety_gate", "label": {"zh-CN": "摘牌"}, "removes": "step_1.gate_1"}
    onward = {"step_2": "step_3", "step_3": "step_4", "step_4": "done"}
    if first == "step_4":
        onward = {"step_4": "step_2", "step_2": "step_3", "step_3": "done"}
    return {
        "format": 1, "key": f"lock.{first}", "title": {"zh-CN": "电机检修"}, "languages": ["zh-CN"], "start": "step_1",
        "roles": {"engineer": {"title": {"zh-CN": "维修工"}}},
        "nodes": {
            "step_1": step("断电挂牌", first, gate), "step_2": step("检修", onward["step_2"]),
            "step_3": step("解除挂牌", onward["step_3"], off),
            "step_4": step("通电试运行", onward["step_4"], energises=True),
            "done": {"kind": "end", "outcome": "repaired", "title": {"zh-CN": "修好"}},
        },
    }  # fmt: skip


def recorded() -> Document:
    acts: list[Document] = [{"do": "complete", "step": f"step_{number}"} for number in (1, 2, 3, 4)]
    acts[0]["locks"] = acts[2]["locks"] = True
    done = [act["step"] for act in acts]
    return {"name": "一次修好", "acts": acts, "expect": {"ended": "repaired", "completed": done}}


def opened(designing: Designing, document: Document) -> DesignerTab:
    tab = designing("lin", "zh-CN")
    tab.open(tab.begin({"document": document})).saved()
    tab.show_outline()
    return tab


def problems(tab: DesignerTab) -> Any:
    if not tab.find("problems").is_visible():
        tab.find("open-problems").click()
    return tab.find("problems").get_by_test_id("problem")


def test_an_inserted_step_is_taken_into_the_scenario_by_recording_it_again(designing: Designing) -> None:
    tab = opened(designing, {**flow(), "scenarios": [recorded()]})
    tab.add_step("step_2", "清洁")
    expect(problems(tab)).to_have_count(1)
    expect(problems(tab)).to_contain_text("情景第 3 个操作：还没走到（或已经走过）“解除挂牌”，此时可做的步骤：清洁")

    tab.find("record-again").click()
    expect(tab.find("again")).to_contain_text("一次修好")
    expect(tab.find("trial-open")).to_contain_text("清洁")
    for _ in range(3):
        tab.find("trial-finish").click()
    expect(tab.find("trial-ended")).to_have_attribute("data-outcome", "repaired")
    tab.find("again-keep").click()

    expect(tab.find("again")).to_have_count(0)
    expect(tab.find("scenarios-held")).to_contain_text("1")
    expect(problems(tab)).to_have_count(0)
    [scenario] = tab.document()["scenarios"]
    assert scenario["name"] == "一次修好"
    assert len(scenario["expect"]["completed"]) == 5
    tab.undo()
    expect(problems(tab)).to_have_count(1)
    assert tab.document()["scenarios"] == [recorded()]


def test_a_scenario_that_uses_a_step_that_is_gone_is_recorded_again(designing: Designing) -> None:
    tab = opened(designing, {**flow(), "scenarios": [recorded()]})
    tab.remove_node("step_2")
    told = problems(tab).first
    expect(told).to_contain_text("一次修好 里面用到的步骤、字段或角色，模板里已经没有了")
    told.get_by_test_id("record-again").click()
    expect(tab.find("trial-open")).to_contain_text("解除挂牌")
    for _ in range(2):
        tab.find("trial-finish").click()
    tab.find("again-keep").click()
    expect(problems(tab)).to_have_count(0)


def test_recording_again_can_be_left_and_the_scenario_stays_as_it_was(designing: Designing) -> None:
    tab = opened(designing, {**flow(), "scenarios": [recorded()]})
    tab.add_step("step_2", "清洁")
    problems(tab).get_by_test_id("record-again").click()
    tab.find("again-stop").click()
    expect(tab.find("again")).to_have_count(0)
    tab.find("scenario-again-0").click()
    expect(tab.find("again")).to_be_visible()
    assert tab.document()["scenarios"] == [recorded()]


def test_a_test_run_under_the_lock_is_told_by_titles_and_leads_to_its_switch(designing: Designing) -> None:
    tab = opened(designing, flow(first="step_4"))
    expect(problems(tab)).to_have_count(1)
    expect(problems(tab)).to_contain_text("通电试运行")
    expect(problems(tab)).to_contain_text("走到这里时“断电挂牌 › 挂牌”的锁还没解除")
    expect(problems(tab)).not_to_contain_text("step_")
    problems(tab).get_by_test_id("show-run").click()
    tab.find("run-on").click()
    expect(tab.find("run")).to_contain_text("从“断电挂牌”走到“通电试运行”")
    problems(tab).locator(".problem-jump").click()
    expect(tab.control("/nodes/step_4/energises")).to_be_visible()
    expect(tab.find("panel-node-step_4")).not_to_contain_text("gate_1")


def test_a_lock_that_nothing_takes_off_is_told_at_its_field_by_titles(designing: Designing) -> None:
    document = flow()
    document["nodes"]["step_3"]["fields"] = []
    document["nodes"]["step_4"]["energises"] = False
    tab = opened(designing, document)
    tab.open_field("step_1", "gate_1")
    told = tab.find("field-gate_1")
    expect(told).to_contain_text("“断电挂牌 › 挂牌”上的锁可能一直没解除，工单就停在“修好”前面")
    expect(told).not_to_contain_text("step_1")
