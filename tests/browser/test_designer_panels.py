"""The panels beside the canvas, as somebody meets them who has never seen them."""

from collections.abc import Callable

import pytest
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Designing = Callable[..., DesignerTab]
PUMP = {"from": "builtin:pump.overhaul"}
EXPLAINING = "document.activeElement.classList.contains('panels-why')"
IN_PANEL = "document.activeElement.closest('.panels-panel') !== null"


def test_tab_goes_from_input_to_input_and_f1_explains(designing: Designing) -> None:
    tab = designing("lin")
    tab.open(tab.begin(PUMP)).saved()
    tab.show_outline()
    tab.settings(tab.document()["start"])
    role = tab.page.get_by_role("combobox", name="Role", exact=True)
    role.focus()
    for _ in range(6):
        tab.press("Tab")
        assert not tab.page.evaluate(EXPLAINING)
    minutes = tab.page.get_by_label("Standard time", exact=True)
    minutes.focus()
    hint = tab.page.locator(f"[id='{(minutes.get_attribute('aria-describedby') or '').split()[-1]}']")
    expect(hint).to_be_hidden()
    expect(minutes).to_have_accessible_description(hint.text_content() or "nothing")
    expect(minutes).to_have_attribute("aria-keyshortcuts", "F1")
    tab.press("F1")
    expect(hint).to_be_visible()
    expect(minutes).to_be_focused()
    tab.press("F1")
    expect(hint).to_be_hidden()


def test_who_may_only_look_reaches_the_explanations_by_tab(designing: Designing) -> None:
    template = designing("lin").begin(PUMP)
    tab = designing("sue").open(template)
    tab.show_outline()
    tab.settings(tab.document()["start"])
    expect(tab.find("panel-node-" + tab.document()["start"]).locator(".panels-why").first).not_to_have_attribute("tabindex", "-1")
