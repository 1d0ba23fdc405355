"""The list of versions and saves: whatever was saved can be found there, looked at and had back."""

from collections.abc import Callable
from typing import Any

import pytest
from mendloop.testing.designer_tab import DesignerTab
from mendloop.testing.designing import retitled
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Designing = Callable[..., DesignerTab]
MORE_THAN_A_PAGE = 203


@pytest.fixture
def tab(designing: Designing) -> DesignerTab:
    """Lin's."""
    found: DesignerTab = designing("lin")
    return found


def save(tab: DesignerTab, template: str, revision: int, title: str) -> None:
    document: dict[str, Any] = retitled(tab.on_server(template)["document"], title)
    body = {"expected_revision": revision - 1, "document": document, "session": "a-tab"}
    assert tab.act("PUT", f"/templates/{template}/draft", body)["revision"] == revision


def begin(tab: DesignerTab, saves: int) -> str:
    template = tab.begin({"from": "blank", "title": {"en": "Name 1"}})
    for revision in range(2, saves + 1):
        save(tab, template, revision, f"Name {revision}")
    return template


def open_list(tab: DesignerTab, template: str) -> None:
    tab.page.goto(f"{tab.address}/designer/{template}/versions")
    expect(tab.find("moment-draft")).to_be_visible()


def test_a_save_in_the_middle_of_a_sitting_can_be_compared_and_had_back(tab: DesignerTab) -> None:
    template = begin(tab, 5)
    open_list(tab, template)
    expect(tab.find("moment-r3")).to_have_count(0)
    tab.find("unfold-draft").click()
    expect(tab.find("unfold-draft")).to_contain_text("3 earlier saves")
    tab.find("moment-r3").locator("input[name=from]").check()
    expect(tab.page.locator(".compared")).to_contain_text("Save 3 → The draft now")
    expect(tab.page.locator(".compared [data-testid=changes]")).to_contain_text("Name 5")
    tab.find("restore-r3").click()
    tab.find("restore-now").click()
    tab.here()
    assert tab.on_server(template)["document"]["title"]["en"] == "Name 3"
    open_list(tab, template)
    expect(tab.find("moment-draft")).to_contain_text("Went back to: Save 3")
    expect(tab.find("moment-r5")).to_be_visible()


def test_what_is_chosen_stays_in_sight_when_its_sitting_is_folded(tab: DesignerTab) -> None:
    template = begin(tab, 4)
    open_list(tab, template)
    tab.find("unfold-draft").click()
    tab.find("moment-r2").locator("input[name=from]").check()
    expect(tab.find("unfold-draft")).to_be_disabled()
    tab.find("moment-r1").locator("input[name=from]").check()
    tab.find("unfold-draft").click()
    expect(tab.find("moment-r2")).to_have_count(0)


@pytest.mark.long
def test_the_oldest_of_many_saves_is_reached(tab: DesignerTab) -> None:
    template = begin(tab, MORE_THAN_A_PAGE)
    open_list(tab, template)
    expect(tab.find("moment-r1")).to_have_count(0)
    tab.find("older-saves").click()
    expect(tab.find("moment-r1")).to_be_visible()
    expect(tab.find("older-saves")).to_have_count(0)
    tab.find("unfold-draft").click()
    expect(tab.page.locator("tr[data-kind=revision]")).to_have_count(MORE_THAN_A_PAGE - 1)
