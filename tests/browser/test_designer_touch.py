"""The designer on a tablet: everything on the canvas by fingers, nothing that only a mouse can find."""

from collections.abc import Callable
from typing import Any

import pytest
from drafting.washer import WASHER
from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.long]
Designing = Callable[..., DesignerTab]
TABLETS = [(1024, 768), (1180, 820)]
Spot = tuple[float, float]


class Fingers:
    """Touches as the screen reports them."""

    def __init__(self, tab: DesignerTab) -> None:
        self.tab = tab
        self._cdp = tab.context.new_cdp_session(tab.page)

    def put(self, *spots: Spot) -> None:
        self._send("touchStart", spots)

    def lift(self) -> None:
        """A finger needs its time to the next tap: sooner, the browser takes both for one."""
        self._send("touchEnd", ())
        self.tab.page.wait_for_timeout(350)

    def slide(self, begin: tuple[Spot, ...], end: tuple[Spot, ...], lift: bool = True) -> None:
        """All fingers from here to there. Who aims stands still before letting go: else it is a fling."""
        self.put(*begin)
        self.move(begin, end)
        for _ in range(3):
            self.tab.page.wait_for_timeout(40)
            self._send("touchMove", end)
        if lift:
            self.lift()

    def move(self, begin: tuple[Spot, ...], end: tuple[Spot, ...]) -> None:
        for part in range(1, 11):
            between = [
                (x + (to_x - x) * part / 10, y + (to_y - y) * part / 10)
                for (x, y), (to_x, to_y) in zip(begin, end, strict=True)
            ]
            self._send("touchMove", between)
            self.tab.page.wait_for_timeout(17)

    def tap(self, spot: Spot) -> None:
        self.put(spot)
        self.lift()

    def _send(self, kind: str, spots: Any) -> None:
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(spots)]
        self._cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def middle(tab: DesignerTab, name: str) -> Spot:
    box = tab.find(name).bounding_box()
    assert box is not None, name
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def zoom(tab: DesignerTab) -> int:
    return int(tab.find("zoom").inner_text().removesuffix("%"))


def ground(tab: DesignerTab) -> Spot:
    """A spot of the canvas with nothing on it."""
    x, y = tab.page.evaluate("""() => {
      const { left, right, top, bottom } = document.querySelector(".canvas").getBoundingClientRect();
      for (let x = left + 20; x < right - 200; x += 10) for (let y = bottom - 120; y > top + 200; y -= 30)
        if (document.elementFromPoint(x, y)?.classList.contains("canvas")
          && document.elementFromPoint(x + 140, y - 100)?.closest(".canvas")) return [x, y];
    }""")
    return x, y


def tablet(designing: Designing, size: tuple[int, int]) -> tuple[DesignerTab, Fingers]:
    tab = designing("lin", viewport={"width": size[0], "height": size[1]}, has_touch=True, reduced_motion="reduce")
    tab.open(tab.begin(WASHER)).saved()
    return tab, Fingers(tab)


@pytest.mark.parametrize("size", TABLETS)
def test_a_tap_selects_a_finger_moves_and_two_fingers_zoom(designing: Designing, size: tuple[int, int]) -> None:
    tab, fingers = tablet(designing, size)
    fingers.tap(middle(tab, "node-arrive"))
    expect(tab.find("node-arrive")).to_have_class("canvas-node kind-step selected alone")
    expect(tab.find("handle-arrive")).to_be_visible()
    expect(tab.find("add-on-arrive-0")).to_be_visible()
    before, (x, y) = middle(tab, "node-arrive"), ground(tab)
    fingers.slide(((x, y),), ((x + 60, y - 40),))
    tab.page.wait_for_timeout(200)
    assert middle(tab, "node-arrive") == pytest.approx((before[0] + 60, before[1] - 40), abs=2)
    expect(tab.find("node-arrive")).to_have_class("canvas-node kind-step selected alone")
    was, (x, y) = zoom(tab), middle(tab, "canvas")
    fingers.slide(((x - 60, y), (x + 60, y)), ((x - 120, y), (x + 120, y)))
    assert zoom(tab) == pytest.approx(min(200, was * 2), abs=6)
    assert tab.errors == []


def test_a_long_press_opens_the_menu_and_it_stays(designing: Designing) -> None:
    tab, fingers = tablet(designing, TABLETS[0])
    fingers.put(middle(tab, "node-arrive"))
    tab.page.wait_for_timeout(750)
    expect(tab.find("node-arrive")).to_have_class("canvas-node kind-step selected alone")
    fingers.lift()
    expect(tab.page.get_by_role("menu")).to_be_visible()
    tab.page.wait_for_timeout(300)
    fingers.tap(middle(tab, "act-rename"))
    expect(tab.find("rename")).to_be_visible()
    tab.press("Escape")
    held = middle(tab, "node-arrive")
    fingers.put(held)
    tab.page.wait_for_timeout(750)
    fingers.move((held,), ((held[0] + 80, held[1]),))
    fingers.lift()
    tab.page.wait_for_timeout(300)
    assert tab.page.get_by_role("menu").count() == 0
    assert middle(tab, "node-arrive")[0] == pytest.approx(held[0] + 80, abs=8)
    expect(tab.find("undo")).to_be_enabled()


def test_routes_and_nodes_are_made_by_fingers(designing: Designing) -> None:
    tab, fingers = tablet(designing, TABLETS[1])
    tab.find("fit").tap()
    tab.page.wait_for_timeout(200)
    fingers.tap(middle(tab, "node-arrive"))
    begin, end = middle(tab, "handle-arrive"), ground(tab)
    fingers.slide((begin,), (end,))
    expect(tab.find("adder")).to_be_visible()
    assert tab.page.evaluate("document.activeElement.tagName") != "INPUT", "the keys would cover the list"
    tab.find("add-step").tap()
    tab.find("rename").fill("Look around")
    tab.press("Enter")
    expect(tab.find("node-step")).to_contain_text("Look around")
    fingers.slide((middle(tab, "palette-choice"),), (ground(tab),))
    tab.press("Enter")
    expect(tab.find("node-choice")).to_be_visible()
    tab.find("fit").tap()
    tab.page.wait_for_timeout(200)
    line = tab.page.evaluate("""() => {
      const path = document.querySelector('[data-testid="edge-step-0"] .canvas-line');
      const at = path.getPointAtLength(path.getTotalLength() * 0.8), { a, d, e, f } = path.getScreenCTM();
      return [at.x * a + e + 7, at.y * d + f];
    }""")
    fingers.tap((line[0], line[1]))
    expect(tab.find("edge-step-0")).to_have_class("canvas-wire route selected")
    fingers.tap(middle(tab, "add-on-step-0"))
    expect(tab.find("adder")).to_be_visible()
    fingers.tap(middle(tab, "add-join"))
    expect(tab.find("node-join")).to_be_visible()
    assert tab.errors == []
