"""Two engineers at one order on two phones, one without a network: nothing is lost, each reads whose turn it is."""

import re
from collections.abc import Callable

import pytest
from mendloop.testing.phone import Phone
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ALIGNMENT, LOCKS_OFF = 2, 10
"""So many acts of the pump's scenario lead up to these steps."""
OFFLINE = "ERR_INTERNET_DISCONNECTED"
Phones = Callable[..., Phone]
Played = Callable[[int], str]


def go(person: Phone, path: str) -> None:
    person.page.goto(re.sub(r"/go.*", path, person.page.url))
    expect(person.find("step")).to_be_visible()


def mistakes(*people: Phone) -> list[str]:
    return [error for person in people for error in person.errors if OFFLINE not in error]


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=pytest.mark.long)])
def test_work_that_did_not_count_is_explained_where_it_was_done(
    language: str, phone: Phones, desk: Callable[[str], Page], pump_order: Played
) -> None:
    order = pump_order(ALIGNMENT)
    ada, bo = phone("ada", language), phone("bo", language)
    go(ada, f"/go/orders/{order}")
    go(bo, f"/go/orders/{order}")
    bo.page.wait_for_load_state("networkidle")
    bo.context.set_offline(True)
    bo.start()
    bo.enter("soft_foot", "0.09")
    bo.enter("angularity", "0.05")
    bo.finish()
    expect(bo.page.locator(".field.wrong").first).to_be_visible()
    bo.saved()
    ada.start()
    ada.enter("soft_foot", "0.03")
    ada.saved()
    ada.all_sent()
    bo.context.set_offline(False)
    entries = explained_on_the_step(bo)
    explained_on_the_course(bo, entries)
    kept_for_the_supervisor(desk(language), order)
    put_away(bo, order, entries)
    assert mistakes(ada, bo) == []


def explained_on_the_step(bo: Phone) -> int:
    """How many entries it names: the start, and what was typed in one or more."""
    note = bo.find("not-counted")
    expect(note).to_be_visible()
    expect(note).to_contain_text("Ada")
    expect(bo.find("sync")).to_have_attribute("data-waiting", "0")
    entries = note.locator("li").count()
    assert entries >= 2
    expect(bo.card("soft_foot").locator("input")).to_have_value("0.03")
    expect(bo.page.locator(".field.wrong")).to_have_count(0)
    expect(bo.page.locator(".chip.danger")).to_have_count(0)
    bo.look("not_counted")
    bo.tap("not-counted-answers")
    expect(bo.page.locator("#lost-0-soft_foot-card input")).to_have_value("0.09")
    expect(bo.page.locator("#lost-0-angularity-card input")).to_have_value("0.05")
    bo.find("not-counted-answers").scroll_into_view_if_needed()
    bo.look("not_counted_readings")
    return entries


def explained_on_the_course(bo: Phone, entries: int) -> None:
    bo.tap("open-flow")
    expect(bo.find("flow").get_by_test_id("not-counted")).to_be_visible()
    bo.tap("not-counted-list")
    expect(bo.find("parked")).to_have_count(entries)
    bo.look("not_counted_list")
    bo.tap("parked-order")
    expect(bo.find("flow").get_by_test_id("not-counted")).to_be_visible()


def kept_for_the_supervisor(lin: Page, order: str) -> None:
    lin.goto(re.sub(r"(//[^/]+).*", rf"\1/orders/{order}", lin.url))
    expect(lin.locator("#parked")).to_contain_text("0.09")
    expect(lin.locator("#parked")).to_contain_text("0.05")


def put_away(bo: Phone, order: str, entries: int) -> None:
    """Who has read it puts it away, and it is gone from the step as well."""
    bo.tap("sync")
    for left in reversed(range(entries)):
        bo.tap("parked-seen")
        expect(bo.find("parked")).to_have_count(left)
    go(bo, f"/go/orders/{order}")
    expect(bo.page.locator(".field").first).to_be_visible()
    expect(bo.find("not-counted")).to_have_count(0)


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=pytest.mark.long)])
def test_locks_of_others_are_named_before_anybody_starts(language: str, phone: Phones, pump_order: Played) -> None:
    order = pump_order(LOCKS_OFF)
    ada, bo = phone("ada", language), phone("bo", language)
    go(bo, f"/go/orders/{order}")
    expect(bo.find("start")).to_be_visible()
    note = bo.find("locks-of-others")
    expect(note).to_contain_text("Ada")
    expect(note).to_contain_text("MCC")
    ready = note.inner_text()
    bo.look("locks_of_others")
    bo.start()
    expect(bo.find("blocked")).to_be_visible()
    expect(note).to_contain_text("MCC")
    assert note.inner_text() != ready
    go(ada, f"/go/orders/{order}")
    expect(ada.find("awaits-my-lock")).to_be_visible()
    expect(ada.find("locks-of-others")).to_have_count(0)
    bo.tap("pause")
    bo.page.locator("[data-testid^=pause-]").first.tap()
    expect(ada.find("resume")).to_be_visible()
    ada.tap("resume")
    expect(ada.find("finish")).to_be_visible()
    assert mistakes(ada, bo) == []


@pytest.mark.parametrize("size", [(390, 844), (360, 640)])
def test_what_is_said_for_a_moment_covers_no_button_and_goes_soon(
    size: tuple[int, int], phone: Phones, pump_order: Played
) -> None:
    order = pump_order(LOCKS_OFF)
    bo = phone("bo", "en")
    bo.page.set_viewport_size({"width": size[0], "height": size[1]})
    go(bo, f"/go/orders/{order}")
    for by_tap in (True, False):
        bo.tap("resume" if bo.find("resume").count() else "start")
        bo.tap("pause")
        bo.page.locator("[data-testid^=pause-]").first.tap()
        expect(bo.find("resume")).to_be_visible()
        covered = bo.page.evaluate(COVERED)
        assert covered == []
        if by_tap:
            bo.tap("toast")
            expect(bo.find("toast")).to_have_count(0, timeout=500)
    expect(bo.find("toast")).to_have_count(0, timeout=2_500)


COVERED = """() => {
    const toast = document.querySelector('[data-testid=toast]').getBoundingClientRect();
    const inside = toast.left >= 0 && toast.right <= innerWidth && toast.top >= 0;
    const hit = [...document.querySelectorAll('.bottom .button, .top .button')].filter(each => {
        const box = each.getBoundingClientRect();
        return box.left < toast.right && toast.left < box.right && box.top < toast.bottom && toast.top < box.bottom;
    }).map(each => each.dataset.testid);
    return inside ? hit : ['the edge', ...hit];
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_danger_is_read_by_day_and_does_not_glare_at_night(dark: bool, phone: Phones, pump_order: Played) -> None:
    order = pump_order(LOCKS_OFF)
    bo = phone("bo", "zh-CN", dark)
    go(bo, f"/go/orders/{order}")
    expect(bo.page.locator(".safety.danger").first).to_be_visible()
    bo.look("danger_dark" if dark else "danger_light")
    look = "(({backgroundColor, color}) => [backgroundColor, color])"
    block, text = bo.page.evaluate(f"() => {look}(getComputedStyle(document.querySelector('.safety.danger')))")
    assert contrast(block, text) >= 7
    assert brightness(block) < 0.1


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def brightness(colour: str) -> float:
    """The relative luminance (WCAG) of `rgb(…)`."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_menu_leads_to_the_own_account_and_back(phone: Phones) -> None:
    bo = phone("bo", "zh-CN")
    bo.tap("menu")
    bo.tap("account")
    bo.page.wait_for_url("**/account")
    expect(bo.page.locator("input[type=password]").first).to_be_visible()
    bo.look("account")
    bo.page.locator(".places-opener").click()
    bo.page.locator(".places a[href='/go']").click()
    expect(bo.find("orders")).to_be_visible()
