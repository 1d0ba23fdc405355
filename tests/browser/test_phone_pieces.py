"""What has serial numbers is taken by them: by the number alone, also without a network; chosen; read off the piece."""

from collections.abc import Callable

import pytest
from mendloop.accounts.demo_accounts import DEMO_PASSWORD
from mendloop.database import open_database
from mendloop.testing.live import Browser as Desk
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from mendloop.testing.played import put_pieces
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PARTS_STEP = 6
SERIALS = ("SN 2", "SN-3", "SN-4")


@pytest.fixture
def demonstration(own_demonstration: LiveServer) -> LiveServer:
    return own_demonstration


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=pytest.mark.long)])
def test_a_piece_is_taken_by_its_serial_number(
    language: str, phone: Callable[..., Phone], pump_order: Callable[[int], str], demonstration: LiveServer
) -> None:
    order, number = pump_order(PARTS_STEP), f"NPS-{language}"
    plan_pieces(demonstration, order, number)
    ada = phone("ada", language, language == "en")
    ada.page.goto(f"{demonstration.address}/go/orders/{order}/parts")
    card = ada.find(f"order-part-{number}")
    expect(card).to_be_visible()
    ada.context.set_offline(True)
    enter(ada, "sn-3")
    expect(ada.find(f"basket-{number}")).to_contain_text("SN-3")
    ada.tap("take-basket")
    expect(card).to_have_attribute("data-open", "1")
    ada.context.set_offline(False)
    expect(ada.find("parts-waiting")).to_have_count(0, timeout=60_000)
    ada.tap(f"take-{number}")
    ada.look("which_piece")
    ada.tap("piece-SN 2")
    ada.tap("take-pieces")
    expect(ada.find("take-sheet")).to_have_count(0)
    expect(card).to_have_attribute("data-open", "2")
    read_off_a_battery(ada, language)
    give_one_back(ada, number)
    expect(card).to_have_attribute("data-open", "1")
    ada.tap(f"give-back-{number}")
    with ada.page.expect_response(
        lambda answer: answer.url.endswith("/give-back") and "BAT" in str(answer.request.post_data)
    ):
        ada.tap("give-back-BAT-A5")
    expect(ada.find("order-parts")).to_have_attribute("data-settled", "true")


def read_off_a_battery(ada: Phone, language: str) -> None:
    """The store knows of several, and of none by its number."""
    enter(ada, "BAT-A5")
    expect(ada.find("pieces-BAT-A5")).to_be_visible()
    expect(ada.find("take-basket")).to_have_count(0)
    ada.look("serial_needed")
    ada.find("serial-typed-BAT-A5").fill(f"B 77 {language}")
    ada.tap("serial-add-BAT-A5")
    enter(ada, "BAT-A5")
    enter(ada, f"B 78 {language}")
    ada.tap("serial-for-BAT-A5")
    expect(ada.find("wrong-part")).to_have_count(0)
    ada.tap("take-basket")
    expect(ada.find("order-part-BAT-A5")).to_have_attribute("data-open", "2")


def give_one_back(ada: Phone, number: str) -> None:
    """Not all of them."""
    ada.tap(f"explain-{number}")
    ada.tap("reason-unused")
    ada.tap("serial-SN-3")
    ada.look("give_one_back")
    ada.tap("send-explanation")


def enter(ada: Phone, code: str) -> None:
    ada.find("parts-typed").fill(code)
    ada.tap("parts-add-typed")


def plan_pieces(server: LiveServer, order: str, number: str) -> None:
    """Two of three pieces in Ada's van, and two batteries."""
    database = open_database(f"sqlite:///{server.data_folder / 'mendloop.db'}")
    try:
        put_pieces(database, "ada", number, SERIALS)
    finally:
        database.close()
    with Desk(server.port) as lin:
        lin.sign_in("lin", DEMO_PASSWORD)
        for part, quantity in ((number, 2), ("BAT-A5", 2)):
            body = {"key": f"{order}-{part}"[-64:], "number": part, "quantity": quantity}
            status, answer = lin.post_json(f"/api/v1/orders/{order}/parts/plan", body)
            assert status == 200, answer
