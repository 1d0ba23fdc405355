"""What axe-core, the keyboard and the eye have against a screen of the designer."""

from pathlib import Path
from typing import Any, Literal

from mendloop.testing.designer_tab import DesignerTab
from playwright.sync_api import Frame, FrameLocator, expect

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RUN = """async ([levels, rules, within]) => {
  const options = { runOnly: rules ?? levels, resultTypes: ["violations"] };
  const { violations } = await axe.run(within === null ? document : { include: [within] }, options);
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, any }) =>
    `${id}: ${html.slice(0, 200)} ${id === "color-contrast" ? any[0].message : ""}`));
}"""


STILL = """() => Promise.race([
  Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))),
  new Promise((resolve) => { setTimeout(resolve, 600); }),
])"""


class Judge:
    """Looks at one screen after the other; what is wrong with each is kept by its name."""

    def __init__(self, tab: DesignerTab, axe: str, album: Path, language: str) -> None:
        self.tab, self.album, self.language = tab, album, language
        self.found: dict[str, list[str]] = {}
        self._axe = axe

    def look(self, name: str, within: str | None = None) -> None:
        """By day everything axe-core knows, by night the colours once more; a picture of each."""
        page = self.tab.page
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            self._settle()
            rules = None if theme == "light" else ["color-contrast"]
            self._keep(f"{name}, {theme}", self._ask(LEVELS, rules, within))
            self.tab.picture(self.album / f"{name}_{self.language}_{theme}.png")
        page.emulate_media(color_scheme="light")

    def told(self) -> str:
        """Everything that was found, a line each."""
        return "\n".join(f"{screen}: {each}" for screen, problems in self.found.items() for each in problems)

    def _ask(self, levels: list[str], rules: list[str] | None, within: str | None) -> list[str]:
        page = self.tab.page
        for frame in page.frames:
            if not frame.evaluate("typeof axe === 'object'"):
                frame.evaluate(self._axe + "; undefined")
        wanted: Any = None if rules is None else {"type": "rule", "values": rules}
        tags: Any = {"type": "tag", "values": levels}
        problems: list[str] = page.evaluate(RUN, [tags, wanted, within])
        return problems

    def _settle(self) -> None:
        """What is half-way through a transition has colours of its own."""
        self.tab.page.evaluate(STILL)

    def _keep(self, screen: str, problems: list[str]) -> None:
        if problems:
            self.found[screen] = problems


FREE = """async () => {
  const { violations } = await axe.run(document, { runOnly: ["target-size"], resultTypes: ["violations"] });
  const told = [];
  for (const { target, html } of violations.flatMap(({ nodes }) => nodes)) {
    document.querySelector(target[0]).scrollIntoView({ block: "center" });
    const again = await axe.run({ include: [target] }, { runOnly: ["target-size"], resultTypes: ["violations"] });
    if (again.violations.length > 0) told.push(`target-size: ${html.slice(0, 200)}`);
  }
  return told;
}"""
"""What a bar at the edge of the screen covers half is a small target there, and only there: judged where it is free."""


class Inside(Judge):
    """Looks at the phone in the designer, which has a day and a night of its own; at its full size, however small it is
    drawn."""

    @property
    def phone(self) -> FrameLocator:
        """What is on its screen."""
        return self.tab.page.frame_locator("[data-testid=phone-screen]")

    def look(self, name: str, within: str | None = None) -> None:
        """By day everything axe-core knows, by night the colours once more."""
        for theme in THEMES:
            self._turn(theme)
            self._keep(f"{name}, {theme}", self._ask_inside(within, None if theme == "light" else ["color-contrast"]))
            self.tab.picture(self.album / f"{name}_{self.language}_{theme}.png")
        self._turn("light")

    def _turn(self, theme: str) -> None:
        if self.phone.locator("html").get_attribute("data-theme") != theme:
            self.tab.find("preview-dark").click()
        expect(self.phone.locator("html")).to_have_attribute("data-theme", theme)
        self._frame.evaluate(STILL)

    def _ask_inside(self, within: str | None, rules: list[str] | None) -> list[str]:
        frame = self._frame
        if not frame.evaluate("typeof axe === 'object'"):
            frame.evaluate(self._axe + "; undefined")
        asked = {"type": "tag", "values": LEVELS} if rules is None else {"type": "rule", "values": rules}
        problems: list[str] = frame.evaluate(RUN, [asked, None, within])
        others = [each for each in problems if not each.startswith("target-size")]
        return others if len(others) == len(problems) else [*others, *frame.evaluate(FREE)]

    @property
    def _frame(self) -> Frame:
        (frame,) = [each for each in self.tab.page.frames if each.url.endswith("/go/preview")]
        return frame


FOCUS = """() => {
  const now = document.activeElement;
  if (now === null || now === document.body) return null;
  const box = now.getBoundingClientRect();
  const near = [now, now.parentElement, now.firstElementChild].filter(Boolean).map((each) => getComputedStyle(each));
  const isLined = ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
  const seen = (each) => isLined(each) || each.boxShadow !== "none";
  const region = now.closest("dialog, [popover], header.bar, nav.left, main.middle, aside.side");
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: now.dataset.testid ?? now.getAttribute("aria-label") ?? now.textContent.slice(0, 40),
    region: region?.className || region?.tagName || "page",
    isMarked: near.some(seen) || parseFloat(getComputedStyle(now, "::after").borderTopWidth) >= 1,
    isInSight: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    isCovered: at !== null && !now.contains(at) && !at.contains(now),
    isFrame: now.tagName === "IFRAME",
  };
}"""


TO_THE_TOP = """() => {
  document.activeElement?.blur();
  window.scrollTo(0, 0);
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
MARK = "() => (document.activeElement.dataset.walked ??= String(Math.random()))"
UNMARK = "() => document.querySelectorAll('[data-walked]').forEach((each) => { delete each.dataset.walked; })"


def focus_of(tab: DesignerTab) -> dict[str, Any] | None:
    """Where the keyboard is; None: nowhere, and Tab would begin at the top again."""
    found: dict[str, Any] | None = tab.page.evaluate(FOCUS)
    return found


def tab_through(tab: DesignerTab, most: int = 150) -> list[dict[str, Any]]:
    """Everything that Tab comes to, from the top of the page until it leaves it or begins anew."""
    tab.page.evaluate(TO_THE_TOP)
    walk: list[dict[str, Any]] = []
    first = ""
    for _ in range(most):
        tab.press("Tab")
        now = focus_of(tab)
        if now is None:
            break
        mark = tab.page.evaluate(MARK)
        if mark == first:
            break
        first = first or mark
        walk.append(now)
    tab.page.evaluate(UNMARK)
    return walk


def keyboard_is_somewhere(tab: DesignerTab, after: str) -> str:
    """Empty, or what has to be said against where the keyboard is."""
    tab.page.wait_for_timeout(150)
    now = focus_of(tab)
    return "" if now is not None else f"after {after} the keyboard is nowhere"


def opened(tab: DesignerTab, name: str) -> None:
    """Wait until a dialog or a part that is fetched when it is wanted is there."""
    expect(tab.find(name)).to_be_visible()
