"""Every key action takes at most three taps from the first screen of the engineer's app."""

from collections.abc import Callable

import pytest
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from mendloop.testing.phone_order import new_phone_order
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOST = 3


def test_key_actions_take_at_most_three_taps(phone: Callable[..., Phone], demonstration: LiveServer) -> None:
    number = new_phone_order(demonstration.port, "Bo")
    bo = phone("bo", "en")
    counted = {}

    def first_screen() -> None:
        bo.page.goto(bo.page.url.split("/go")[0] + "/go")
        expect(bo.find("orders")).to_be_visible()
        bo.taps = 0

    first_screen()
    bo.open_order(number)
    bo.at("intake#1")
    counted["open an order"] = bo.taps
    bo.tap("start")
    expect(bo.find("finish")).to_be_visible()
    counted["start"] = bo.taps
    first_screen()
    bo.tap("open-next")
    expect(bo.find("step")).to_be_visible()
    counted["open the next order"] = bo.taps
    first_screen()
    bo.open_order(number)
    bo.at("intake#1")
    bo.card("before").get_by_test_id("shoot-front").tap()
    bo.taps += 1
    expect(bo.find("shutter")).to_be_enabled()
    bo.tap("shutter")
    expect(bo.find("aim-front")).to_contain_text("1/1")
    counted["take a photo"] = bo.taps
    bo.saved()
    first_screen()
    bo.open_order(number)
    bo.tap("pause")
    bo.tap("pause-waiting_customer")
    expect(bo.find("resume")).to_be_visible()
    counted["pause"] = bo.taps
    bo.tap("resume")
    bo.scan_typed("imei", "356938035643809")
    bo.choose("data_consent", "backed_up")
    bo.shoot("before", "back")
    bo.saved()
    first_screen()
    bo.open_order(number)
    bo.finish()
    bo.at("precheck#1")
    counted["complete a step"] = bo.taps
    print("\n" + ", ".join(f"{action}: {taps}" for action, taps in counted.items()))
    assert {action: taps for action, taps in counted.items() if taps > MOST} == {}
