"""A check fails on the phone and the right case is pushed; what helped one engineer is what the next one sees first."""

import datetime as dt
import re
from collections.abc import Callable, Iterator

import pytest
from mendloop.accounts.models import Login
from mendloop.accounts.services import find_actor
from mendloop.clock import utc_now
from mendloop.database import bind_organisation, open_database, open_session
from mendloop.knowledge.content import CaseContent
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from mendloop.testing.played import PUMP
from mendloop.testing.solved import sign, solve
from mendloop.work_orders.opening import moment
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Phones = Callable[..., Phone]
BEFORE_ROTOR = 4
"""Acts of the scenario until the rotor is to be measured."""
UNBALANCE = sign("rotor.unbalance+", "Unbalance")
"""None of the demonstration's published cases was found by it."""


@pytest.fixture(scope="module")
def solved(demonstration: LiveServer) -> Iterator[tuple[str, str]]:
    """Two cases in which the rotor was out of balance; the second is the newer one."""
    database = open_database(f"sqlite:///{demonstration.data_folder / 'mendloop.db'}")
    with open_session(database) as session:
        login = session.get_one(Login, "lin")
        bind_organisation(session, login.organisation_id)
        found = find_actor(session, login.organisation_id, login.person_id)
    if found is None:
        raise LookupError("lin")
    ring = solve(database, found[0], case("Ring seized on the shaft", "口环抱轴", 2))
    bent = solve(database, found[0], case("Shaft bent by pipe strain", "管道应力把轴拉弯", 1))
    yield ring, bent
    database.close()


def case(cause: str, cause_zh: str, hours_ago: int) -> CaseContent:
    return CaseContent(
        title={"en": cause, "zh-CN": cause_zh},
        symptom={"en": "Vibration rises", "zh-CN": "振动升高"},
        cause={
            "en": f"{cause}, found with the dial gauge at three planes.",
            "zh-CN": f"{cause_zh}，三个截面打表确认。",
        },
        remedy={"en": "New shaft, runout checked before fitting.", "zh-CN": "换新轴，装配前复测跳动。"},
        product=PUMP,
        faults=("P-12",),
        path=(UNBALANCE,),
        minutes=140,
        template="pump.overhaul",
        closed_at=moment(utc_now() - dt.timedelta(hours=hours_ago)),
    )


def at_the_rotor(phone: Phone, order: str) -> None:
    """The table of cases is on the phone, and the rotor is to be measured."""
    with phone.page.expect_response("**/api/v1/my/cases"):
        phone.page.goto(phone.page.url.split("/go")[0] + f"/go/orders/{order}/visits/rotor%231")
    phone.at("rotor#1")
    phone.start()


def pushed(phone: Phone) -> str:
    """The id of the case below the check that has just failed."""
    phone.enter("unbalance", "30")
    card = phone.find("case-below")
    expect(card).to_be_visible()
    expect(card).to_have_attribute("data-place", "rotor.unbalance+")
    return str(card.locator("article").get_attribute("data-testid")).removeprefix("case-")


def test_what_helped_one_engineer_is_what_the_next_one_sees_first_also_without_a_network(
    phone: Phones, pump_order: Callable[[int], str], solved: tuple[str, str], faults: Callable[[Page], list[str]]
) -> None:
    ring, bent = solved
    ada = phone("ada", "zh-CN", dark=True)
    at_the_rotor(ada, pump_order(BEFORE_ROTOR))
    assert pushed(ada) == bent
    expect(ada.find("case-below")).to_contain_text("管道应力把轴拉弯")
    expect(ada.find("case-below").get_by_test_id("case-why")).to_contain_text(re.compile("依据：.*同样偏高.*同型号"))
    ada.find("case-below").scroll_into_view_if_needed()
    ada.look("case_pushed")
    ada.tap("open-cases")
    expect(ada.find("case-whole")).to_be_visible()
    ada.look("cases")
    assert faults(ada.page) == []
    with ada.page.expect_response("**/vote") as answered:
        ada.find("cases-sheet").get_by_test_id(f"helped-{ring}").tap()
    assert answered.value.status == 204
    expect(ada.find("cases-sheet").get_by_test_id(f"helped-{ring}")).to_have_attribute("aria-pressed", "true")
    ada.page.keyboard.press("Escape")
    ada.saved()

    bo = phone("bo", "en")
    at_the_rotor(bo, pump_order(BEFORE_ROTOR))
    bo.page.wait_for_load_state("networkidle")
    bo.context.set_offline(True)
    assert pushed(bo) == ring
    expect(bo.find("case-below").get_by_test_id("case-why")).to_contain_text("helped 1 of 1")
    bo.find("case-below").scroll_into_view_if_needed()
    bo.look("case_pushed")
    bo.find("case-below").get_by_test_id(f"not-helped-{ring}").tap()
    expect(bo.find("case-below").get_by_test_id(f"not-helped-{ring}")).to_have_attribute("aria-pressed", "true")
    with bo.page.expect_response("**/vote") as sent:
        bo.context.set_offline(False)
    assert sent.value.status == 204
    bo.all_sent()
    assert ada.errors == []
    assert [error for error in bo.errors if "ERR_INTERNET_DISCONNECTED" not in error] == []


def test_search_answers_as_one_types_and_a_new_order_is_told_what_is_known(
    desk: Callable[..., Page], solved: tuple[str, str], faults: Callable[[Page], list[str]]
) -> None:
    lin = desk("en")
    address = lin.url.split("/orders")[0]
    lin.goto(f"{address}/knowledge/search")
    lin.keyboard.type("seized sh")
    first = lin.locator("#results a").first
    expect(first).to_contain_text("Ring seized on the shaft")
    expect(first.locator("mark").first).to_have_text("seized")
    assert faults(lin) == []
    lin.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    lin.keyboard.press("Escape")
    expect(lin.locator("#q")).to_be_focused()
    lin.keyboard.press("ArrowDown")
    lin.keyboard.press("Enter")
    lin.wait_for_url(f"**/knowledge/cases/{solved[0]}")
    lin.goto(f"{address}/orders/new")
    lin.select_option("#product", PUMP)
    lin.fill("#fault_text", "the ring has seized on the shaft")
    near = lin.get_by_test_id("near-cases")
    expect(near.get_by_role("link").first).to_have_text("Ring seized on the shaft")
    assert faults(lin) == []
