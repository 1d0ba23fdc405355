"""The phone beside the flow on small screens and tablets: large enough to work with, and nothing lies over anything."""

from collections.abc import Callable

import pytest
from drafting.washer import WASHER
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import FloatRect, expect

pytestmark = [pytest.mark.browser, pytest.mark.long]
Designing = Callable[..., DesignerTab]
Size = tuple[int, int]
SCREENS: list[Size] = [(1024, 768), (768, 1024), (1280, 720), (1440, 900)]
NARROWEST_PHONE = 240
EDGE = 20
NAME_FITS = """(select) => {
  const free = select.cloneNode(false);
  free.append(new Option(select.selectedOptions[0].text));
  free.style = "position: absolute; width: max-content; max-width: none; flex: none";
  select.parentElement.append(free);
  const wanted = free.getBoundingClientRect().width;
  free.remove();
  return select.getBoundingClientRect().width >= wanted - 1;
}"""
"""Whether the name of the chosen device is read whole: as wide as it would be alone."""
OVERLAPPING = """() => {
  const shown = [...document.querySelectorAll(".try-it button, .try-it select, .try-it .where, .phone")]
    .filter((each) => each.checkVisibility() && !each.closest(".trial-rest"))
    .map((each) => [each, each.getBoundingClientRect()]);
  const cuts = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return shown.flatMap(([one, a], place) => shown.slice(place + 1)
    .filter(([other, b]) => !one.contains(other) && cuts(a, b))
    .map(([other]) => `${one.dataset.testid ?? one.className} / ${other.dataset.testid ?? other.className}`));
}"""


def resized(tab: DesignerTab, size: Size) -> None:
    tab.page.set_viewport_size({"width": size[0], "height": size[1]})
    tab.page.wait_for_timeout(200)


def box(tab: DesignerTab, name: str) -> FloatRect:
    found = tab.find(name).bounding_box()
    assert found is not None, name
    return found


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_template_can_be_tried_on_a_small_screen(designing: Designing, language: str, size: Size) -> None:
    tab = designing("lin", language)
    tab.open(tab.begin(WASHER))
    tab.find("try-it").click()
    expect(tab.find("phone-screen")).to_be_visible()
    resized(tab, size)
    phone, room = box(tab, "phone"), box(tab, "try-it-room")
    assert phone["width"] >= NARROWEST_PHONE
    assert phone["y"] + phone["height"] <= size[1]
    assert size[1] - EDGE <= room["y"] + room["height"] <= size[1], "the room ends where the screen ends"
    assert tab.page.evaluate(OVERLAPPING) == []
    for device in ("small", "phone", "tablet"):
        tab.find("preview-device").select_option(device)
        assert tab.find("preview-device").evaluate(NAME_FITS), device
    assert tab.find("trial").evaluate("(column) => column.scrollWidth <= column.clientWidth")
    assert tab.errors == []


@pytest.mark.parametrize("size", SCREENS[:2])
def test_the_flow_has_all_the_room_beside_the_phone_after_the_window_became_smaller(
    designing: Designing, size: Size
) -> None:
    tab = designing("lin")
    tab.open(tab.begin(WASHER))
    tab.find("toggle-phone").click()
    expect(tab.find("phone-screen")).to_be_visible()
    resized(tab, (1440, 900))
    resized(tab, size)
    flow, column, phone = box(tab, "canvas"), box(tab, "phone-column"), box(tab, "phone")
    beside = size[0] > size[1]
    if beside:
        assert flow["x"] + flow["width"] == pytest.approx(column["x"], abs=1)
    else:
        assert flow["x"] + flow["width"] == pytest.approx(size[0], abs=1)
        assert flow["y"] + flow["height"] == pytest.approx(column["y"], abs=1)
    assert phone["y"] + phone["height"] <= size[1], "the phone is in sight"
    tab.find("toggle-phone").click()
    resized(tab, (1440, 900))
    side = tab.page.locator("#side").bounding_box()
    flow = box(tab, "canvas")
    assert side is not None
    assert flow["x"] + flow["width"] == pytest.approx(side["x"], abs=1)
