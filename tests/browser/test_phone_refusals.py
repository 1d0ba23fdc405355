"""What the phone refuses says what to do instead: a number with a decimal comma, an end before that of a sub-order."""

from collections.abc import Callable

import pytest
from mendloop.accounts.demo_accounts import DEMO_PASSWORD
from mendloop.testing.live import Browser as Desk
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

READINGS, HANDOVER = 4, 12


def test_a_decimal_comma_in_a_reading_says_what_to_type(
    phone: Callable[..., Phone], pump_order: Callable[[int], str], demonstration: LiveServer
) -> None:
    ada = phone("ada", "zh-CN")
    ada.page.goto(f"{demonstration.address}/go/orders/{pump_order(READINGS)}")
    ada.start()
    number = ada.page.locator("input.reading-input").first
    number.fill("0,01")
    expect(ada.find("decimal-comma")).to_have_count(0)
    number.blur()
    expect(ada.find("decimal-comma")).to_contain_text("0.01")
    ada.look("decimal_comma")
    ada.tap("put-point")
    expect(number).to_have_value("0.01")
    expect(ada.find("decimal-comma")).to_have_count(0)
    expect(ada.find("verdict").first).to_have_attribute("data-state", "in")


@pytest.mark.long
def test_an_end_that_waits_for_a_sub_order_leads_there(
    phone: Callable[..., Phone], pump_order: Callable[[int], str], demonstration: LiveServer
) -> None:
    main = pump_order(HANDOVER)
    below = open_below(demonstration, main)
    ada = phone("ada", "en")
    ada.page.goto(f"{demonstration.address}/go/orders/{main}")
    ada.at("handover#1")
    ada.start()
    ada.shoot("after", "front", "coupling", "seal", "baseplate")
    ada.enter("next_check", "2027-02-22")
    ada.sign("operations", "何军")
    ada.finish()
    ada.find("refusals").get_by_test_id(f"way-{below['number']}").tap()
    expect(ada.page).to_have_url(f"{demonstration.address}/go/orders/{below['id']}")
    expect(ada.find("refusals")).to_have_count(0)
    expect(ada.find("family")).to_contain_text("Part of")


def open_below(server: LiveServer, main: str) -> dict[str, str]:
    """A sub-order for the motor, which Ada has."""
    with Desk(server.port) as lin:
        lin.sign_in("lin", DEMO_PASSWORD)
        order = lin.get_json(f"/api/v1/orders/{main}")
        body = {"parent": main, "position": "drive/motor", "product": order["product"]["key"], "fault_codes": ["P-12"]}
        status, answer = lin.post_json("/api/v1/orders", body | {"asset": "M-1", "assignee": order["assigned_to"]})
        assert status == 201, answer
        return dict(answer)
