"""Photos on the phone: another one is always at hand, and each can be seen, taken again, removed and put back."""

import re
from collections.abc import Callable

import pytest
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import Phone
from mendloop.testing.phone_order import new_phone_order
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser
IMEI = "356938035643809"


@pytest.fixture
def begun(phone: Callable[..., Phone], demonstration: LiveServer) -> Callable[..., Phone]:
    """`begun(language)`: Bo at the first step of a new order, whose shots name no most."""

    def begin(language: str, dark: bool = False) -> Phone:
        bo = phone("bo", language, dark)
        number = new_phone_order(demonstration.port, "Bo")
        bo.page.reload()
        bo.open_order(number)
        bo.at("intake#1")
        bo.start()
        return bo

    return begin


def shot(bo: Phone, name: str) -> Locator:
    return bo.card("before").get_by_test_id(f"shot-{name}")


def photos(bo: Phone, name: str = "front") -> list[str]:
    """The hashes of a shot's photos, in their order."""
    shown = shot(bo, name).locator("[data-testid=photo] img")
    return [str(each.get_attribute("data-photo")) for each in shown.all()]


def shutter(bo: Phone) -> None:
    """The made-up camera begins with the same picture each time it is opened: wait for one that nobody took yet."""
    expect(bo.find("shutter")).to_be_enabled()
    bo.page.wait_for_timeout(130 * bo.taps)
    bo.tap("shutter")


def take(bo: Phone, *names: str) -> None:
    """One after the other, without leaving the camera."""
    for name in names:
        expect(bo.find(f"aim-{name}")).to_have_attribute("aria-pressed", "true")
        before = int(re.findall(r"(\d+)/", bo.find(f"aim-{name}").inner_text())[0])
        shutter(bo)
        expect(bo.find(f"aim-{name}")).to_contain_text(f"{before + 1}/")


def view(bo: Phone, place: int, name: str = "front") -> None:
    shot(bo, name).get_by_test_id("photo").nth(place).tap()
    expect(bo.find("viewer").locator("img")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize(("language", "dark"), [("zh-CN", False), pytest.param("en", True, marks=pytest.mark.long)])
def test_where_no_most_is_named_another_photo_is_always_offered(
    language: str, dark: bool, begun: Callable[..., Phone]
) -> None:
    bo = begun(language, dark)
    shot(bo, "front").get_by_test_id("shoot-front").tap()
    take(bo, "front", "back")
    expect(bo.find("camera").get_by_role("status").filter(has_text=re.compile("齐|All photos"))).to_be_visible()
    bo.look("camera_all_there")
    bo.tap("camera-done")
    another = shot(bo, "front").get_by_test_id("shoot-front")
    expect(another).to_have_text("再拍一张" if language == "zh-CN" else "One more")
    another.tap()
    take(bo, "front", "front")
    bo.tap("camera-done")
    assert len(set(photos(bo))) == 3
    expect(shot(bo, "front").get_by_test_id("shoot-front")).to_be_visible()
    bo.card("before").scroll_into_view_if_needed()
    bo.look("photos_three")
    bo.saved()
    bo.all_sent()
    bo.scan_typed("imei", IMEI)
    bo.choose("data_consent", "backed_up")
    bo.finish()
    bo.at("precheck#1")
    assert bo.errors == []


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=pytest.mark.long)])
def test_a_photo_is_seen_taken_again_removed_and_put_back(language: str, begun: Callable[..., Phone]) -> None:
    bo = begun(language)
    shot(bo, "front").get_by_test_id("shoot-front").tap()
    take(bo, "front", "back")
    bo.find("aim-front").tap()
    take(bo, "front")
    bo.tap("camera-done")
    first, second = photos(bo)
    view(bo, 0)
    bo.look("photo_viewer")
    bo.tap("retake")
    expect(bo.find("shutter")).to_be_enabled()
    bo.tap("camera-done")
    assert photos(bo) == [first, second], "who leaves the camera without a photo keeps the old one"
    view(bo, 0)
    bo.tap("retake")
    shutter(bo)
    expect(bo.find("camera")).to_have_count(0)
    expect(shot(bo, "front").locator(f"img[data-photo='{first}']")).to_have_count(0)
    new, other = photos(bo)
    assert (new != first, other) == (True, second), "the new one stands where the old one stood"
    bo.look("photo_retaken")
    bo.tap("put-back")
    expect(shot(bo, "front").locator("img").first).to_have_attribute("data-photo", first)
    view(bo, 1)
    bo.tap("remove-photo")
    expect(shot(bo, "front").get_by_test_id("photo")).to_have_count(1)
    bo.look("photo_removed")
    bo.tap("put-back")
    expect(shot(bo, "front").get_by_test_id("photo")).to_have_count(2)
    assert photos(bo) == [first, second]
    view(bo, 0)
    bo.tap("remove-photo")
    expect(shot(bo, "front").get_by_test_id("photo")).to_have_count(1)
    bo.saved()
    bo.page.reload()
    expect(shot(bo, "front").locator("img")).to_have_attribute("data-photo", second)
    assert bo.errors == []


@pytest.mark.long
def test_a_photo_is_removed_and_put_back_by_keys_and_a_reader_is_told(begun: Callable[..., Phone]) -> None:
    bo = begun("en")
    shot(bo, "front").get_by_test_id("shoot-front").tap()
    take(bo, "front")
    bo.tap("camera-done")
    thumb = shot(bo, "front").get_by_test_id("photo")
    expect(thumb).to_have_accessible_name(re.compile(r".*, photo 1 of 1"))
    expect(thumb).to_have_accessible_description(re.compile("retake it or remove it"))
    thumb.focus()
    bo.page.keyboard.press("Enter")
    expect(bo.find("viewer")).to_have_accessible_name(re.compile("photo 1 of 1"))
    bo.page.keyboard.press("Escape")
    expect(bo.find("viewer")).to_have_count(0)
    expect(thumb).to_be_focused()
    bo.page.keyboard.press("Enter")
    expect(bo.find("viewer")).to_be_visible()
    for _ in range(6):
        if bo.find("remove-photo").evaluate("(button) => button === document.activeElement"):
            break
        bo.page.keyboard.press("Tab")
    bo.page.keyboard.press("Enter")
    expect(thumb).to_have_count(0)
    expect(shot(bo, "front").get_by_role("status")).to_contain_text("Photo removed")
    expect(bo.find("put-back")).to_be_focused()
    bo.page.keyboard.press("Enter")
    expect(thumb).to_be_focused()
    expect(shot(bo, "front").get_by_role("status")).to_be_empty()
    assert bo.errors == []


def test_a_photo_of_a_finding_is_taken_again_before_it_is_reported(begun: Callable[..., Phone]) -> None:
    bo = begun("en")
    bo.tap("finding")
    sheet = bo.find("finding-sheet")
    sheet.get_by_test_id("shoot").tap()
    shutter(bo)
    expect(bo.find("aim-this")).to_contain_text("1/")
    bo.tap("camera-done")
    picture = sheet.locator("[data-testid=photo] img")
    old = str(picture.get_attribute("data-photo"))
    picture.tap()
    bo.tap("retake")
    shutter(bo)
    expect(bo.find("camera")).to_have_count(0)
    expect(sheet.locator(f"img[data-photo='{old}']")).to_have_count(0)
    expect(picture).to_have_count(1)
    bo.look("finding_retaken")
    bo.tap("put-back")
    expect(picture).to_have_attribute("data-photo", old)
    picture.tap()
    bo.tap("remove-photo")
    expect(picture).to_have_count(0)
    expect(bo.find("put-back")).to_be_focused()
    assert bo.errors == []


def test_photos_of_a_finished_step_are_seen_and_stay(begun: Callable[..., Phone]) -> None:
    bo = begun("en")
    bo.scan_typed("imei", IMEI)
    bo.choose("data_consent", "backed_up")
    bo.shoot("before", "front", "back")
    bo.finish()
    bo.at("precheck#1")
    bo.tap("open-flow")
    bo.page.locator("[data-testid='flow-intake#1']").tap()
    done = bo.page.locator("#d-1-before-card").get_by_test_id("shot-front")
    done.get_by_test_id("photo").tap()
    expect(bo.find("viewer").locator("img")).to_be_visible()
    expect(bo.find("retake")).to_have_count(0)
    expect(bo.find("remove-photo")).to_have_count(0)
    bo.tap("close-viewer")
    expect(done.get_by_test_id("photo")).to_be_focused()
    expect(done.get_by_test_id("photo")).to_have_accessible_description("")
    expect(bo.find("shoot-front")).to_have_count(0)
    assert bo.errors == []


@pytest.mark.long
def test_nothing_moves_while_work_is_being_sent(begun: Callable[..., Phone]) -> None:
    bo = begun("en")
    bo.all_sent()
    bar = bo.page.locator(".top-row")
    before = bar.locator("h1").bounding_box()
    bo.context.set_offline(True)
    expect(bo.find("sync")).not_to_have_class(re.compile("fine"))
    bo.context.set_offline(False)
    assert before is not None
    bo.page.evaluate("""() => {
      const sync = document.querySelector("[data-testid=sync]");
      sync.className = "button sync busy";
      sync.querySelector("span").textContent = "12";
    }""")
    assert bar.locator("h1").bounding_box() == before
