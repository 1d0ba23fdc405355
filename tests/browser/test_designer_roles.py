"""Roles in the designer and the company that works by them: what is called how, and who is missing."""

from collections.abc import Callable

import pytest
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Designing = Callable[..., DesignerTab]


def test_roles_in_chinese_are_told_apart_and_one_that_people_have_stays_theirs(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin({"from": "blank"})).saved()
    for words in ("质检员", "安全员", "Inspector", "安全员"):
        tab.find("panel-add-role").fill(words)
        tab.press("Enter")
    roles = tab.document()["roles"]
    made = {key: role["title"] for key, role in roles.items() if key.startswith("role_")}
    assert [title["zh-CN"] for title in made.values()] == ["质检员", "安全员"]
    assert roles["inspector"]["title"] == {"zh-CN": "质检", "en": "Inspector"}
    assert len(roles) == 4


def test_publishing_tells_who_and_which_product_is_missing(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin({"from": "blank"})).saved()
    tab.find("panel-add-role").fill("安全员")
    tab.press("Enter")
    [key] = [key for key in tab.document()["roles"] if key.startswith("role_")]
    tab.find("add-applies_to").click()
    tab.find("panel-add").click()
    tab.control("/applies_to/0/product").fill("空调")
    tab.press("Enter")
    step = tab.document()["start"]
    tab.show_outline()
    tab.settings(step)
    role = tab.control(f"/nodes/{step}/role")
    role.fill("安全员")
    tab.press("Enter")
    assert tab.document()["nodes"][step]["role"] == key
    tab.saved()
    tab.find("publish").click()
    missing = tab.find("role-of-nobody")
    expect(missing).to_contain_text("安全员")
    expect(missing).not_to_contain_text(key)
    expect(tab.find("no-such-product")).to_contain_text("空调")
    tab.find("no-such-product").get_by_role("button").click()
    expect(tab.control("/applies_to/0/product")).to_be_visible()


def test_a_step_gets_a_role_that_the_template_does_not_have_yet_by_one_edit(designing: Designing) -> None:
    tab = designing("lin", "en")
    tab.open(tab.begin({"from": "blank"})).saved()
    step = tab.document()["start"]
    before = tab.document()
    assert "inspector" not in before["roles"]
    tab.show_outline()
    tab.settings(step)
    role = tab.control(f"/nodes/{step}/role")
    role.fill("Inspector")
    expect(tab.page.get_by_role("option", name="Inspector")).to_contain_text("person")
    tab.press("Enter")
    expect(role).to_have_value("Inspector")
    after = tab.document()
    assert after["nodes"][step]["role"] == "inspector"
    assert after["roles"]["inspector"]["title"] == {"zh-CN": "质检", "en": "Inspector"}
    tab.undo()
    assert tab.document() == before


def test_a_role_that_nobody_knows_is_offered_as_a_new_one_and_made_only_when_chosen(designing: Designing) -> None:
    tab = designing("lin", "en")
    tab.open(tab.begin({"from": "blank"})).saved()
    step = tab.document()["start"]
    before = tab.document()
    tab.show_outline()
    tab.settings(step)
    role = tab.control(f"/nodes/{step}/role")
    role.fill("Crane dri")
    expect(tab.page.get_by_role("option", name="Add the role “Crane dri”")).to_be_visible()
    tab.press("Tab")
    assert tab.document() == before
    role.fill("Crane driver")
    tab.page.get_by_role("option", name="Add the role “Crane driver”").click()
    expect(role).to_have_value("Crane driver")
    after = tab.document()
    assert after["nodes"][step]["role"] == "crane_driver"
    assert after["roles"]["crane_driver"]["title"] == {"en": "Crane driver"}
    tab.undo()
    assert tab.document() == before
