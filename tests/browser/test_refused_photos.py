"""Photos that are too large: made to fit before they are kept, and dealt with in the outbox when the server says no."""

import io
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from mendloop.testing.phone_order import new_phone_order
from PIL import Image
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser
SMALL = 150_000
SENT = re.compile("/api/v1/photos/[0-9a-f]{64}$")
IMEI = "356938035643809"


def noise(width: int, height: int) -> bytes:
    """As much detail as a picture can have."""
    made = io.BytesIO()
    tile = Image.frombytes("RGB", (500, 500), random.Random(7).randbytes(750_000))
    picture = Image.new("RGB", (width, height))
    for left in range(0, width, 500):
        for top in range(0, height, 500):
            picture.paste(tile, (left, top))
    picture.save(made, "JPEG", quality=60)
    return made.getvalue()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server of our own, whose settings may change."""
    server = LiveServer(tmp_path_factory.mktemp("refusing"))
    server.run("demo")
    yield server.start()
    server.stop()


@pytest.fixture
def ada(chromium: Browser, shop: LiveServer, pictures: Path) -> Iterator[Phone]:
    phone = Phone(chromium, shop.address, pictures / "en" / "refused", "en")
    phone.sign_in("ada", "demo-mendloop", "en")
    yield phone
    phone.context.close()


@pytest.fixture
def new_order(shop: LiveServer) -> Callable[[], str]:
    return lambda: new_phone_order(shop.port, "Ada")


def begin(ada: Phone, number: str) -> None:
    ada.page.goto(ada.page.url.split("/go")[0] + "/go")
    ada.open_order(number)
    ada.at("intake#1")
    ada.start()


def reach_the_gallery(ada: Phone, number: str) -> None:
    """To the first step whose pictures may come from the gallery."""
    begin(ada, number)
    ada.scan_typed("imei", IMEI)
    ada.choose("data_consent", "backed_up")
    ada.shoot("before", "front", "back")
    ada.finish()
    ada.at("precheck#1")
    ada.start()
    ada.choose("battery_state", "swollen")
    ada.all_sent()


def choose(ada: Phone, shot: str, body: bytes) -> None:
    """From the gallery."""
    row = ada.card("swelling").get_by_test_id(f"shot-{shot}")
    row.get_by_test_id("gallery").set_input_files({"name": "noisy.jpg", "mimeType": "image/jpeg", "buffer": body})


def limited(shop: LiveServer, monkeypatch: pytest.MonkeyPatch, size: int | None) -> None:
    """The same server with another limit for photos."""
    shop.stop()
    if size is None:
        shop.__dict__["_environment"].pop("MENDLOOP_PHOTO_BYTES", None)
    else:
        monkeypatch.setitem(shop.__dict__["_environment"], "MENDLOOP_PHOTO_BYTES", str(size))
    shop.start()


@pytest.mark.long
def test_a_huge_noisy_picture_is_made_to_fit_and_arrives(ada: Phone, new_order: Callable[[], str]) -> None:
    reach_the_gallery(ada, new_order())
    with ada.page.expect_response(SENT, timeout=90_000) as sent:
        choose(ada, "side", noise(9000, 7000))
    assert sent.value.status == 200
    ada.all_sent()


@pytest.mark.long
def test_a_picture_is_made_smaller_where_the_server_takes_less(
    ada: Phone, new_order: Callable[[], str], shop: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = new_order()
    limited(shop, monkeypatch, SMALL)
    reach_the_gallery(ada, number)
    with ada.page.expect_response(SENT) as sent:
        choose(ada, "side", noise(2000, 1500))
    assert sent.value.status == 200
    ada.all_sent()
    limited(shop, monkeypatch, 2_000)
    ada.page.reload()
    ada.card("swelling").get_by_test_id("photo").tap()
    ada.tap("remove-photo")
    choose(ada, "side", noise(2000, 1500))
    said = ada.card("swelling").get_by_test_id("not-kept")
    expect(said).to_contain_text("larger than the server takes")
    assert (said.bounding_box() or {"width": 0})["width"] > 250
    expect(ada.card("swelling").get_by_test_id("shot-side").get_by_test_id("photo")).to_have_count(0)
    limited(shop, monkeypatch, None)


def test_a_photo_that_the_server_refuses_is_replaced_from_the_outbox(
    ada: Phone, new_order: Callable[[], str], shop: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = new_order()
    reach_the_gallery(ada, number)
    limited(shop, monkeypatch, SMALL)  # the phone does not know of it
    with ada.page.expect_response(SENT) as sent:
        choose(ada, "side", noise(2000, 1500))
    assert sent.value.status == 413
    expect(ada.find("sync")).to_have_class(re.compile("danger"))
    ada.tap("sync")
    refused = ada.find("refused-photo")
    expect(refused).to_contain_text("The photo is larger than the server takes.")
    expect(refused.locator("img")).to_be_visible()
    ada.look("refused")
    with ada.page.expect_response(SENT) as again:
        ada.tap("send-now")
    assert again.value.status == 413
    expect(refused).to_be_visible()
    refused.get_by_test_id("gallery").set_input_files(
        {"name": "noisy.jpg", "mimeType": "image/jpeg", "buffer": noise(2000, 1500)}
    )
    expect(refused).to_have_count(0)
    ada.all_sent()
    expect(ada.find("parked")).to_have_count(0)
    limited(shop, monkeypatch, None)


def test_shots_are_taken_in_a_row_without_waiting(ada: Phone, new_order: Callable[[], str]) -> None:
    begin(ada, new_order())
    ada.card("before").get_by_test_id("shoot-front").tap()
    expect(ada.find("shutter")).to_be_enabled()
    expect(ada.find("taken")).to_have_text("")
    ada.find("shutter").tap()
    expect(ada.find("flash")).to_have_class(re.compile("on"))
    expect(ada.find("aim-back")).to_have_attribute("aria-pressed", "true")
    expect(ada.find("taken").locator("img")).to_be_visible()
    expect(ada.find("aim-back")).to_be_in_viewport(ratio=0.95)
    expect(ada.find("shutter")).to_be_enabled()
    ada.find("shutter").tap()
    expect(ada.find("aim-back")).to_contain_text("1/1")
    expect(ada.find("taken")).to_have_text("2")
    ada.look("camera_row")
    ada.tap("camera-done")
    named = ada.card("before").get_by_test_id("photo").first
    expect(named).to_have_attribute("aria-label", re.compile("photo 1 of 1"))
