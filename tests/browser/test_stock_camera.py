"""Codes are read with a phone's camera where stock is counted and booked: at the desk, in a count, in the own van."""

from collections.abc import Callable
from pathlib import Path

import pytest
from mendloop.accounts.demo_accounts import DEMO_PASSWORD
from mendloop.order_parts.code128 import rows
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

LABEL = "WR-H80"
WIDTH, HEIGHT = 640, 480
TWO_SCANS_MS = 2_500


@pytest.fixture
def ada(
    launch_chromium: Callable[..., Browser], tmp_path: Path, demonstration: LiveServer, pictures: Path
) -> Callable[[str], Phone]:
    """`ada(language)`: Ada's phone, before whose camera one label lies."""
    file = tmp_path / "label.y4m"
    with file.open("wb") as video:
        video.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        video.write((b"FRAME\n" + picture_of(LABEL)) * 10)
    browser = launch_chromium(f"--use-file-for-fake-video-capture={file}")

    def open_one(language: str) -> Phone:
        phone = Phone(browser, demonstration.address, pictures / language / "phone_stock", language)
        phone.sign_in("ada", DEMO_PASSWORD, language)
        return phone

    return open_one


def picture_of(label: str) -> bytes:
    """Bars in the middle of a white page."""
    modules = list(rows(label))
    scale = WIDTH // len(modules)
    dark = b"".join((b"\x00" if each else b"\xff") * scale for each in modules)
    left = (WIDTH - len(dark)) // 2
    line = b"\xff" * left + dark + b"\xff" * (WIDTH - left - len(dark))
    luma = (b"\xff" * WIDTH * (HEIGHT // 4)) + line * (HEIGHT // 2) + (b"\xff" * WIDTH * (HEIGHT // 4))
    return luma + b"\x80" * (WIDTH * HEIGHT // 2)


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=pytest.mark.long)])
def test_the_own_van_is_counted_with_the_phones_camera(
    ada: Callable[[str], Phone], language: str, demonstration: LiveServer
) -> None:
    phone = ada(language)
    page = phone.page
    page.goto(f"{demonstration.address}/van")
    page.locator("main form button[type=submit]").last.tap()
    expect(page.locator("#scan")).to_be_visible()
    see_label(page)
    phone.look("count_with_the_camera")
    counted = page.locator("input[name^=q_]").first
    expect(counted).to_have_value("1")
    page.wait_for_timeout(TWO_SCANS_MS)
    page.locator("[data-camera-close]").tap()
    expect(page.locator("dialog[data-camera-view]")).to_be_hidden()
    expect(counted).to_have_value("1")
    see_label(page)
    expect(counted).to_have_value("2")
    page.locator("[data-camera-close]").tap()
    page.locator("button[name=abandon]").tap()
    assert [said for said in phone.errors if "Content Security" in said or "Error" in said] == []


def see_label(page: Page) -> None:
    page.locator("[data-camera]").tap()
    expect(page.locator("dialog[data-camera-view] [role=status]")).to_have_text(LABEL)


def test_a_slip_of_the_desk_grows_by_what_the_camera_sees_and_without_one_there_is_no_button(
    launch_chromium: Callable[..., Browser], ada: Callable[[str], Phone], demonstration: LiveServer
) -> None:
    page = ada("en").page
    for name, there in (("wen", True), ("wen", False)):
        page.context.clear_cookies()
        if not there:
            page.add_init_script("navigator.mediaDevices.enumerateDevices = async () => []")
        page.goto(f"{demonstration.address}/sign-in")
        page.fill("input[name=sign_in_name]", name)
        page.fill("input[name=password]", DEMO_PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.goto(f"{demonstration.address}/stock/desk/receive")
        if not there:
            expect(page.locator("#scan")).to_be_focused()
            expect(page.locator("[data-camera]")).to_be_hidden()
            continue
        see_label(page)
        page.locator("[data-camera-close]").tap()
        expect(page.locator("#sheet code").first).to_have_text(LABEL)
