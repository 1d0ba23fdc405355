"""Recommended parts on the phone: seen, asked why, recorded by one tap, and there without a network."""

import re
from collections.abc import Callable

import pytest
from mendloop.database import open_database
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from mendloop.testing.taught import teach_pump_repairs
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
Phones = Callable[..., Phone]
BEFORE_PARTS = 6
"""Acts of the scenario until the step that asks for parts is ready."""


@pytest.fixture(scope="module", autouse=True)
def taught(demonstration: LiveServer) -> None:
    database = open_database(f"sqlite:///{demonstration.data_folder / 'mendloop.db'}")
    teach_pump_repairs(database)
    database.close()


def at_the_parts(phone: Phone, order: str) -> None:
    phone.page.goto(phone.page.url.split("/go")[0] + f"/go/orders/{order}")
    phone.at("parts#1")


@pytest.mark.parametrize(
    ("language", "dark", "likely", "why"),
    [
        (
            "zh-CN",
            True,
            "几乎都用 · 9",
            r"同类维修 4\d 单，\d\d 单用到，最近一次是 20\d\d-\d\d-\d\d（工单 20\d\d-\d{5}）。模板计划用料。",
        ),
        pytest.param(
            "en",
            False,
            "Nearly always · 9",
            r"Used in \d\d of 4\d such repairs, most recently on 20\d\d-\d\d-\d\d \(order 20\d\d-\d{5}\)\. "
            r"Planned by the template\.",
            marks=pytest.mark.long,
        ),
    ],
)
def test_a_part_says_how_probable_it_is_and_why(
    phone: Phones, pump_order: Callable[[int], str], language: str, dark: bool, likely: str, why: str
) -> None:
    ada = phone("ada", language, dark)
    at_the_parts(ada, pump_order(BEFORE_PARTS))
    ada.start()
    expect(ada.find("chance-BRG-6309C3")).to_contain_text(likely)
    expect(ada.find("why-BRG-6309C3")).to_have_count(0)
    ada.tap("chance-BRG-6309C3")
    expect(ada.find("why-BRG-6309C3")).to_have_text(re.compile(f"^{why}$"))  # other tests end such orders too
    ada.find("part-BRG-6309C3").scroll_into_view_if_needed()
    ada.look("recommended_planned")
    ada.tap("chance-EL-ROTEX-38")
    ada.find("proposals").scroll_into_view_if_needed()
    ada.look("recommended_others")
    ada.find("add-part").scroll_into_view_if_needed()
    ada.look("recommended_end")
    assert ada.errors == []


def test_one_tap_records_a_proposed_part_and_others_stay_within_reach(
    phone: Phones, pump_order: Callable[[int], str]
) -> None:
    ada = phone("ada", "en")
    at_the_parts(ada, pump_order(BEFORE_PARTS))
    ada.start()
    expect(ada.page.get_by_test_id("proposals").get_by_test_id("use-EL-ROTEX-38")).to_be_visible()
    expect(ada.find("proposed-SHIM-H80")).to_have_count(0)
    ada.tap("more-proposals")
    expect(ada.find("proposed-SHIM-H80")).to_be_visible()
    ada.tap("use-EL-ROTEX-38")
    expect(ada.find("part-EL-ROTEX-38")).to_contain_text("Coupling element")
    expect(ada.find("proposed-EL-ROTEX-38")).to_have_count(0)
    ada.tap("use-BRG-6309C3")
    expect(ada.find("chance-BRG-6309C3")).to_have_count(0)
    ada.tap("use-KEY-8X7")
    expect(ada.find("record-part")).to_be_disabled()
    ada.find("part-serial").fill("K-1")
    ada.tap("record-part")
    expect(ada.find("part-KEY-8X7")).to_be_visible()
    ada.tap("add-part")
    ada.find("part-query").fill("DSP")
    expect(ada.find("found-DSP-A5")).to_be_visible()
    ada.page.keyboard.press("Escape")
    ada.saved()
    assert ada.errors == []


def test_proposals_that_were_synced_are_there_without_a_network(
    phone: Phones, pump_order: Callable[[int], str]
) -> None:
    order = pump_order(BEFORE_PARTS)
    ada = phone("ada", "en")
    with ada.page.expect_response("**/api/v1/my/recommended-parts"):
        ada.page.reload()
    number = ada.page.evaluate("async (order) => (await (await fetch(`/api/v1/orders/${order}`)).json()).number", order)
    expect(ada.find(f"order-{number}")).to_be_visible()
    ada.page.wait_for_load_state("networkidle")
    ada.context.set_offline(True)
    ada.open_order(number)
    ada.at("parts#1")
    ada.start()
    expect(ada.find("chance-BRG-6309C3")).to_be_visible()
    ada.tap("use-EL-ROTEX-38")
    expect(ada.find("part-EL-ROTEX-38")).to_contain_text("Coupling element")
    ada.saved()
    ada.context.set_offline(False)
    ada.all_sent()
