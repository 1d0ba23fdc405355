"""Locks of somebody else at the phone: nobody is offered what only they can do."""

from collections.abc import Callable

import pytest
from mendloop.testing import live
from mendloop.testing.designer_tab import DesignerTab
from mendloop.testing.live import Device, LiveServer
from mendloop.testing.phone import Phone
from mendloop.testing.unlocking import UNLOCK, locking_process
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
PRODUCT = "pump/centrifugal/harbour-80"
Phones = Callable[..., Phone]


@pytest.fixture
def locked(lin: DesignerTab, demonstration: LiveServer) -> tuple[str, str]:
    """Id and number of an order in which Ada has locked, and the next step only takes the lock off."""
    template = lin.begin({"document": locking_process("locked.for_repair", PRODUCT, UNLOCK)})
    version = lin.act("POST", f"/templates/{template}/publish", {"expected_revision": 1})["version_id"]
    card = lin.act("POST", "/orders", {"product": PRODUCT, "template": version})
    lin.act("PUT", f"/templates/{template}/archived", {"archived": True})
    order, visit = str(card["id"]), "isolate#1"
    with live.Browser(demonstration.port).sign_in("ada", "demo-mendloop") as browser:
        device = Device(browser)
        answers = device.send(
            device.command("StartStep", order, visit=visit),
            device.command("LockPoint", order, visit=visit, field="loto", point="breaker"),
            device.command("CompleteStep", order, visit=visit, answers={}),
        )
    assert [answer["status"] for answer in answers] == ["applied"] * 3
    return order, str(card["number"])


@pytest.mark.parametrize(("language", "waits"), [("zh-CN", "等 Ada"), ("en", "Waits for Ada")])
def test_who_cannot_take_a_lock_off_is_told_who_can_and_offered_no_start(
    language: str, waits: str, phone: Phones, locked: tuple[str, str]
) -> None:
    order, number = locked
    ada, bo = phone("ada", language), phone("bo", language, dark=language == "en")
    card = bo.find(f"order-{number}")
    expect(card).to_contain_text(waits)
    expect(card.get_by_test_id("order-process")).to_have_text(
        {"zh-CN": "挂牌检修", "en": "Locked for repair"}[language]
    )
    card.scroll_into_view_if_needed()
    bo.look("list_with_a_lock_of_others")
    bo.open_order(number)
    expect(bo.find("why-not")).to_contain_text("Ada")
    expect(bo.find("start")).to_be_disabled()
    bo.look("only_others_can_unlock")
    ada.page.goto(f"{ada.page.url.partition('/go')[0]}/go/orders/{order}")
    expect(ada.find("start")).to_be_enabled()
    expect(ada.find("why-not")).to_have_count(0)
    assert ada.errors + bo.errors == []
