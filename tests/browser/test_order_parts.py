"""An order's parts on the phone: held, scanned with the camera, one given back, none left unsettled at the end."""

import re
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from mendloop.accounts.demo_accounts import DEMO_PASSWORD
from mendloop.database import open_database
from mendloop.order_parts.code128 import rows
from mendloop.testing.live import Browser as Desk
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from mendloop.testing.played import fill_van, play_further
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).parent))
from reckoning.by_hand import Reckoned, clock_cards, labour, reckon

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

LABELS = ("BRG-6309C3", "SHF-H80", "DSP-A5")
WIDTH, HEIGHT, FRAMES_EACH = 640, 480, 8
PARTS_STEP, HANDOVER = 6, 12
USED = {"BRG-6309C3": 2 * 9600, "SEAL-H80": 74000, "GSK-H80": 6500, "WR-H80": 23500}
LOST = 23500
OIL = 2400
GASKET = {"GSK-H80": 6500}
BEARING, RING, OIL_IN_THE_VAN = {"BRG-6309C3": 9600}, {"WR-H80": 23500}, {"OIL-VG46": OIL}
IN_THE_VAN = (
    BEARING | RING | OIL_IN_THE_VAN | GASKET | {"SHF-H80": 86000, "SEAL-H80": 74000},
    BEARING | RING | OIL_IN_THE_VAN,
)
FREIGHT = 12_345


@pytest.fixture(scope="session")
def labels_before_the_camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A camera's picture in which three parts' labels lie one after the other."""
    file = tmp_path_factory.mktemp("labels") / "labels.y4m"
    with file.open("wb") as video:
        video.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for label in LABELS:
            video.write((b"FRAME\n" + picture_of(label)) * FRAMES_EACH)
    return file


def picture_of(label: str) -> bytes:
    """Bars in the middle of a white page."""
    modules = list(rows(label))
    scale = WIDTH // len(modules)
    left = (WIDTH - scale * len(modules)) // 2
    line = bytearray(b"\xff" * WIDTH)
    for place, dark in enumerate(modules):
        if dark:
            line[left + place * scale : left + (place + 1) * scale] = b"\x00" * scale
    blank = b"\xff" * WIDTH
    luma = b"".join(bytes(line) if HEIGHT // 4 < y < 3 * HEIGHT // 4 else blank for y in range(HEIGHT))
    return luma + b"\x80" * (WIDTH * HEIGHT // 2)


@pytest.fixture
def demonstration(own_demonstration: LiveServer) -> LiveServer:
    return own_demonstration


@pytest.fixture
def ada(
    launch_chromium: Callable[..., Browser],
    labels_before_the_camera: Path,
    demonstration: LiveServer,
    pictures: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Phone]:
    """Ada's phone, with labels before its camera."""
    language = request.node.callspec.params["language"]
    browser = launch_chromium(f"--use-file-for-fake-video-capture={labels_before_the_camera}")
    phone = Phone(browser, demonstration.address, pictures / language / "phone_parts", language, language == "en")
    phone.sign_in("ada", DEMO_PASSWORD, language)
    yield phone
    phone.context.close()


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=pytest.mark.long)])
def test_parts_are_held_scanned_given_back_and_explained_before_the_order_ends(
    language: str,
    ada: Phone,
    desk: Callable[[str], Page],
    pump_order: Callable[[int], str],
    demonstration: LiveServer,
    pictures: Path,
    faults: Callable[[Page], list[str]],
) -> None:
    supervisor, album = desk(language), pictures / language / "desk"
    put_into_the_van(demonstration, *IN_THE_VAN)
    order = pump_order(PARTS_STEP)
    page = f"{demonstration.address}/orders/{order}/parts"
    see_what_is_held(supervisor, page)
    scan_and_take(ada, demonstration, order)
    assert faults(ada.page) == []
    work_on(demonstration, order)
    take_one_too_many(ada, demonstration, order)
    give_the_shaft_back(ada)
    hand_over(ada)
    refused_until_settled(ada)
    explain_as_lost(ada)
    finish_again(ada, accepted=False)
    accept(supervisor, page, album)
    assert faults(supervisor) == []
    finish_again(ada, accepted=True)
    cost_adds_up(supervisor, page, demonstration, order, album)
    sheet_is_what_a_clerk_reckons(
        supervisor, f"{demonstration.address}/orders/{order}/costs", demonstration, order, album
    )
    assert faults(supervisor) == []
    assert [error for error in ada.errors if "422" not in error] == []


@pytest.mark.parametrize("language", ["zh-CN"])
def test_an_end_that_the_server_refused_is_shown_settled_and_sent_again(
    language: str, ada: Phone, pump_order: Callable[[int], str], demonstration: LiveServer, pictures: Path
) -> None:
    order = pump_order(HANDOVER)
    put_into_the_van(demonstration, GASKET)
    ada.page.goto(f"{demonstration.address}/go/orders/{order}")
    ada.at("handover#1")
    expect(ada.find("to-parts")).to_be_visible()
    ada.start()
    ada.shoot("after", "front", "coupling", "seal", "baseplate")
    ada.enter("next_check", "2027-02-22")
    ada.sign("operations", "何军")
    ada.all_sent()
    ada.context.set_offline(True)
    ada.finish()
    expect(ada.find("summary")).to_have_attribute("data-status", "ended")
    issue_meanwhile(demonstration, order)
    ada.context.set_offline(False)
    expect(ada.find("settle-parts").first).to_be_visible(timeout=60_000)
    ada.look("end_refused_by_the_server")
    ada.tap("settle-parts")
    ada.tap("give-back-GSK-H80")
    expect(ada.find("order-parts")).to_have_attribute("data-settled", "true")
    ada.tap("parts-done")
    ada.at("handover#1")
    ada.finish()
    expect(ada.find("summary")).to_have_attribute("data-status", "ended")
    ada.page.goto(f"{demonstration.address}/go/outbox")
    ada.tap("parked-seen")
    ada.all_sent()
    shown = ada.page.request.get(f"{demonstration.address}/api/v1/orders/{order}/parts").json()
    assert (shown["status"], shown["settled"]) == ("ended", True)


def issue_meanwhile(server: LiveServer, order: str) -> None:
    """The storekeeper hands a part out that this phone does not know of."""
    with Desk(server.port) as wen:
        wen.sign_in("wen", DEMO_PASSWORD)
        body = {"key": order, "lines": [{"number": "GSK-H80", "quantity": 1}], "extra": True}
        status, answer = wen.post_json(f"/api/v1/orders/{order}/parts/issue", body)
        assert status == 200, answer


def put_into_the_van(server: LiveServer, *parts: dict[str, int]) -> None:
    """All that this order takes, for what it costs: what was there others have used up, or it is held for them."""
    database = open_database(f"sqlite:///{server.data_folder / 'mendloop.db'}")
    try:
        for each in parts:
            fill_van(database, "ada", each)
    finally:
        database.close()


def see_what_is_held(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("tr[data-part='BRG-6309C3'] .tag.accent").first).to_contain_text("Ada")
    expect(page.locator("tr[data-part='SHF-H80'] .tag.accent").first).to_contain_text("Ada")


def scan_and_take(ada: Phone, server: LiveServer, order: str) -> None:
    """Three labels in one session; the one that is not meant says so at once, with what is, and keeps no other."""
    ada.page.goto(f"{server.address}/go/orders/{order}")
    ada.tap("to-parts")
    expect(ada.find("order-part-BRG-6309C3")).to_be_visible()
    ada.look("held")
    ada.tap("scan-parts")
    for label in LABELS[:2]:
        expect(ada.find(f"basket-{label}")).to_have_count(1, timeout=30_000)
    expect(ada.find("scan-said")).to_contain_text(LABELS[2], timeout=30_000)
    ada.look("scanning")
    ada.tap("scan-done")
    expect(ada.find("wrong-part")).to_contain_text("BRG-6309C3")
    ada.look("scanned")
    expect(ada.find("basket-DSP-A5")).to_have_count(0)
    ada.find("basket-BRG-6309C3").locator("button").last.tap()
    ada.tap("take-basket")
    expect(ada.find("order-part-BRG-6309C3")).to_have_attribute("data-open", "2")
    expect(ada.find("order-part-SHF-H80")).to_have_attribute("data-open", "1")
    ada.look("taken")
    ada.page.reload()
    expect(ada.find("wrong-part")).to_contain_text("DSP-A5")
    ada.tap("remove-DSP-A5")
    expect(ada.find("basket")).to_have_count(0)


def work_on(server: LiveServer, order: str) -> None:
    """The parts are built in, and everything is done up to the handover."""
    database = open_database(f"sqlite:///{server.data_folder / 'mendloop.db'}")
    try:
        play_further(database, server.data_folder, order, PARTS_STEP, HANDOVER)
    finally:
        database.close()


def take_one_too_many(ada: Phone, server: LiveServer, order: str) -> None:
    """More than planned is told as soon as it is typed, and possible."""
    ada.page.goto(f"{server.address}/go/orders/{order}/parts")
    expect(ada.find("order-part-BRG-6309C3")).to_have_attribute("data-open", "0")
    ada.find("parts-typed").fill("WR-H80")
    ada.tap("parts-add-typed")
    expect(ada.find("wrong-part")).to_contain_text("WR-H80")
    expect(ada.find("take-basket")).to_have_count(0)
    ada.look("more_than_planned")
    ada.tap("keep-wrong")
    ada.tap("take-basket")
    expect(ada.find("order-part-WR-H80")).to_have_attribute("data-open", "1")


def give_the_shaft_back(ada: Phone) -> None:
    """One tap."""
    ada.tap("give-back-SHF-H80")
    expect(ada.find("order-part-SHF-H80")).to_have_attribute("data-open", "0")


def hand_over(ada: Phone) -> None:
    ada.tap("parts-done")
    ada.at("handover#1")
    ada.start()
    ada.shoot("after", "front", "coupling", "seal", "baseplate")
    ada.enter("next_check", "2027-02-22")
    ada.sign("operations", "何军")


def refused_until_settled(ada: Phone) -> None:
    ada.finish()
    expect(ada.find("refusals")).to_contain_text("WR-H80")
    ada.look("closing_refused")
    ada.tap("settle-parts")


def explain_as_lost(ada: Phone) -> None:
    ada.tap("explain-WR-H80")
    ada.tap("reason-lost")
    ada.look("explaining")
    for button in ada.find("explain-sheet").locator("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 48
    ada.tap("send-explanation")
    expect(ada.find("explanation-proposed")).to_be_visible()


def finish_again(ada: Phone, *, accepted: bool) -> None:
    ada.tap("parts-done")
    ada.at("handover#1")
    ada.finish()
    if accepted:
        expect(ada.find("summary")).to_have_attribute("data-status", "ended")
        ada.all_sent()
    else:
        expect(ada.find("refusals")).to_contain_text("WR-H80")
        ada.tap("settle-parts")


def accept(page: Page, address: str, album: Path) -> None:
    page.goto(address)
    album.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=album / "order_parts_explained.png", full_page=True)
    page.locator("[data-explanation=proposed] button[value=yes]").click()
    expect(page.locator("[data-explanation=accepted]")).to_have_count(1)


def cost_adds_up(page: Page, address: str, server: LiveServer, order: str, album: Path) -> None:
    """What was built in and what was lost, at what it cost; what went back costs nothing."""
    page.goto(address)
    page.screenshot(path=album / "order_parts_ended.png", full_page=True)
    sheet = page.request.get(f"{server.address}/api/v1/orders/{order}/parts").json()
    oil = next(part for part in sheet["parts"] if part["number"] == "OIL-VG46")
    assert oil["used"] == 1.5
    by_hand = sum(USED.values()) + LOST + round(1.5 * OIL)
    assert sheet["cost"] == by_hand
    assert sheet["settled"]
    expect(page.locator("#parts-cost")).to_contain_text(f"{by_hand // 100:,}.{by_hand % 100:02d}")


def sheet_is_what_a_clerk_reckons(page: Page, address: str, server: LiveServer, order: str, album: Path) -> None:
    """To the fen: as the order ended; with a freight bill that comes late; and with a discount on all that."""
    stored = page.request.get(f"{server.address}/api/v1/orders/{order}/events").json()["events"]
    worked = labour(clock_cards(each["event"] for each in stored), inspectors={"inspect#1"})
    used = USED | {"OIL-VG46": round(1.5 * OIL)}
    page.goto(address)
    page.screenshot(path=album / "order_costs.png", full_page=True)
    at_first = reckon(worked, used, LOST, 0)
    sheet_says(page, at_first)
    add_freight(page)
    with_freight = reckon(worked, used, LOST, FREIGHT)
    sheet_says(page, with_freight)
    newest = page.locator(".cost-revisions > li").first
    expect(newest).to_contain_text(money(with_freight.cost))
    expect(newest).to_contain_text("运费单")
    page.fill("[name=discount_percent]", "7.5")
    page.fill("[name=discount_why]", "长期客户")
    page.locator("form[aria-labelledby=discount] button").click()
    sheet_says(page, reckon(worked, used, LOST, FREIGHT, Decimal("0.075")))
    page.screenshot(path=album / "order_costs_late.png", full_page=True)


def add_freight(page: Page) -> None:
    """The forwarder's bill, a day late."""
    page.select_option("[name=kind]", "freight")
    page.fill("[name=name]", "顺丰 · SF")
    page.fill("[name=amount]", money(FREIGHT))
    page.fill("[name=why]", "运费单晚到")
    page.locator("form[aria-labelledby=extra] button").click()


def sheet_says(page: Page, expected: Reckoned) -> None:
    """The sums at its head and at its foot."""
    sums = page.locator(".cost-sums > div")
    spent = (expected.labour, expected.part, expected.extra, expected.overhead)
    amounts = (expected.cost, expected.revenue, expected.margin, *spent)
    expect(sums).to_have_count(len(amounts))
    for place, amount in enumerate(amounts):
        expect(sums.nth(place).locator("dd")).to_have_text(re.compile(rf"^{re.escape(money(amount))}( CNY)?$"))
    foot = page.locator("table tfoot").first
    for amount in (expected.revenue, expected.tax, expected.cost, expected.margin):
        expect(foot).to_contain_text(money(amount))


def money(fen: int) -> str:
    """As the sheet writes it."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
