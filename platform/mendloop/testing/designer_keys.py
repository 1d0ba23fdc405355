"""A designer with a keyboard and nothing else."""

from playwright.sync_api import expect

from mendloop.testing.designer_hand import Hand
from mendloop.testing.designer_page import DesignerPage, named

FARTHEST = 300
"""So many presses of Tab at most from one thing to another on one screen."""

WHERE = """(css) => {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const found = [...document.querySelectorAll(css)].find(seen);
  const now = document.activeElement;
  if (found === undefined) return { way: "missing" };
  if (found === now) return { way: "here" };
  const isAfter = Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY;
  return { way: now.compareDocumentPosition(found) & isAfter ? "on" : "back" };
}"""

IS_ACROSS = """(css) => {
  const now = document.activeElement;
  const isBefore = now === document.body || now.closest("header.bar, nav.left") !== null;
  return isBefore && document.querySelector(`#side :is(${css})`) !== null;
}"""

HAS_NOTHING = """() => new Promise((resolve) => {
  const look = (tries) => {
    if (document.activeElement !== document.body) resolve(false);
    else if (tries === 0) resolve(true);
    else requestAnimationFrame(() => { look(tries - 1); });
  };
  look(12);
})"""
"""What has just been made takes the focus when it is drawn."""

SELECTED = """(before) => new Promise((resolve) => {
  const look = (tries) => {
    const chosen = document.querySelectorAll(".canvas-node.selected");
    const now = chosen.length === 1 ? chosen[0].dataset.node : "";
    if ((now !== before && now !== "") || tries === 0) resolve(now);
    else requestAnimationFrame(() => { look(tries - 1); });
  };
  look(12);
})"""

NOW = """() => {
  const now = document.activeElement;
  return now === document.body ? "nothing" : now.outerHTML.slice(0, 160);
}"""


class KeyHand(Hand):
    """Tab, arrows, Enter, letters. It has nothing else to touch the page with."""

    def __init__(self, desk: DesignerPage) -> None:
        super().__init__(desk)
        self.tabs = 0
        self.lost: list[str] = []
        self._said = ""

    def key(self, keys: str) -> None:
        """A key; if nothing has the focus after it, that is written down."""
        super().key(keys)
        self._said = keys

    def reach(self, css: str) -> None:
        """Tab to it, forwards or backwards, whichever is nearer."""
        expect(self.desk.seen(css)).to_be_visible()
        self.note_lost(f"on the way to {css}")
        self._skip(css)
        trail: list[str] = []
        first = way = self._where(css)
        turns = 0
        while way != "here":
            if len(trail) >= FARTHEST or turns > 2:
                raise AssertionError(f"Tab does not come to {css}: " + "\n".join(trail[-40:]))
            self.desk.page.keyboard.press("Tab" if way == "on" else "Shift+Tab")
            self.tabs += 1
            trail.append(f"{way}: {self.focus()}")
            way = self._where(css)
            if way not in (first, "here"):
                turns, first = turns + 1, way

    def _skip(self, css: str) -> None:
        """From the bar to what is selected there is a shorter way than across the canvas, which would select a node."""
        if self.desk.page.evaluate(IS_ACROSS, css):
            self.reach("a.skip")
            self.key("Enter")
            expect(self.desk.page.locator("#side")).to_be_focused()

    def begin(self, name: str, password: str, language: str) -> None:
        super().begin(name, password, language)
        self.lost.clear()  # on a fresh page nothing has the focus
        self._said = ""

    def note_lost(self, when: str) -> None:
        """Somebody who cannot see where they are has lost their place: kept for the test to read."""
        if self._said != "" and self.desk.page.evaluate(HAS_NOTHING):
            self.lost.append(f"{when}, after {self._said}")

    def focus(self) -> str:
        """What has the focus."""
        now: str = self.desk.page.evaluate(NOW)
        return now

    def is_at(self, css: str) -> bool:
        """True when what has the focus is this."""
        return self._where(css) == "here"

    def _where(self, css: str) -> str:
        way: str = self.desk.page.evaluate(WHERE, css)["way"]
        if way == "missing":
            raise AssertionError(f"{css} went away")
        return way

    def walk(self, css: str, keys: str, most: int = 60) -> None:
        """With one key, again and again, until the focus is there."""
        for _ in range(most):
            if self.desk.page.locator(css).count() > 0 and self.is_at(css):
                return
            self.desk.page.keyboard.press(keys)
        raise AssertionError(f"{keys} does not come to {css}; the focus is on {self.focus()}")

    def press(self, css: str) -> None:
        self.reach(css)
        self.key("Space" if self.desk.seen(css).get_attribute("type") in ("checkbox", "button") else "Enter")

    def write(self, css: str, text: str) -> None:
        self.reach(css)
        self.key("ControlOrMeta+a")
        self.type(text)

    def choose(self, css: str, query: str, option: str) -> None:
        self.reach(css)
        self.type(query)
        wanted = self.desk.page.locator(f"{OPEN_LIST} [role=option]", has_text=option).first
        expect(wanted).to_be_visible()
        name = wanted.get_attribute("id")
        for _ in range(40):
            if self.desk.seen(css).get_attribute("aria-activedescendant") == name:
                self.key("Enter")
                return
            self.key("ArrowDown")
        raise AssertionError(f"the arrows do not come to {option}")

    def select(self, css: str, value: str) -> None:
        self.reach(css)
        for keys in ("ArrowDown", "ArrowUp"):
            for _ in range(40):
                if self.desk.value(css) == value:
                    return
                self.key(keys)
        raise AssertionError(f"the arrows do not come to {value}")

    def segment(self, css: str) -> None:
        group = css.split(" label:", maxsplit=1)[0]
        wanted = self.desk.page.locator(css)
        checked = f"{group} input:checked"
        self.reach(checked if self.desk.page.locator(checked).count() > 0 else f"{group} input")
        for _ in range(8):
            if wanted.is_checked():
                return
            self.key("ArrowRight")
        raise AssertionError(f"the arrows do not come to {css}")

    def menu(self, item: str) -> None:
        expect(self.desk.find(item)).to_be_visible()
        self.walk(named(item), "ArrowDown")
        self.key("Enter")

    def field_type(self, kind: str) -> None:
        search = self.desk.find("field-type-search")
        expect(search).to_be_focused()
        self.type(kind)
        for _ in range(20):
            if search.get_attribute("aria-activedescendant") == f"add-type-{kind}":
                break
            self.key("ArrowDown")
        self.key("Enter")

    def card(self, field: str) -> None:
        self.to_card(field)
        self.key("Enter")

    def to_card(self, field: str) -> None:
        """One card is reached by Tab, the others from it by arrows."""
        wanted = f"[data-face='{field}']"
        stop = ".fields-list [data-face][tabindex='0']"
        self.reach(f"{stop}, .fields-list [data-face][aria-expanded=true]")
        for keys in ("ArrowUp", "ArrowDown"):
            for _ in range(12):
                if self.is_at(wanted):
                    return
                self.desk.page.keyboard.press(keys)
        raise AssertionError(f"the arrows do not come to the field {field}")

    def field_to_top(self, field: str) -> None:
        self.to_card(field)
        wanted = named(f"field-{field}")
        for _ in range(12):
            if self.desk.page.evaluate("(css) => document.querySelector('.fields-card').matches(css)", wanted):
                return
            self.key("Alt+ArrowUp")
            expect(self.desk.page.locator(f"[data-face='{field}']")).to_be_focused()
        raise AssertionError(f"{field} does not come to the top")

    def row_to_top(self, row: int) -> None:
        rows = "[data-open=true] [data-testid=panel-row]"
        self.reach(f"{rows}[data-row='{row}'] > .panels-grip")
        for _ in range(row):
            self.key("Alt+ArrowUp")

    def route_to_top(self, row: int) -> None:
        self.reach(f"[data-testid=panel-routes] > li[data-row='{row}'] > .panels-grip")
        for _ in range(row):
            self.key("Alt+ArrowUp")

    def node(self, node: str) -> None:
        """To the canvas, then along the flow; what no way leads to stands beside it."""
        self.to_canvas()
        wanted = named(f"node-{node}")
        for keys in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"):
            before = None
            while (now := self.selected(before)) not in (before, node):
                before = now
                self.key(keys)
            if now == node:
                expect(self.desk.page.locator(wanted)).to_be_focused()
                return
        raise AssertionError(f"the arrows do not come to {node}")

    def to_canvas(self) -> None:
        """Onto the flow, from wherever."""
        if not self.desk.page.evaluate("document.activeElement.closest('[data-testid=canvas]') !== null"):
            self.reach(".canvas-node[tabindex='0']")

    def selected(self, before: str | None = None) -> str:
        """The node that is, once it is another than before; the same when it stays so."""
        found: str = self.desk.page.evaluate(SELECTED, before)
        return found

    def route(self, node: str, index: int) -> None:
        self.node(node)
        self.key("e")
        for _ in range(6):
            if self.desk.page.locator(f"[data-testid=edge-{node}-{index}].selected").count() > 0:
                return
            self.key("ArrowRight")
        raise AssertionError(f"the arrows do not come to route {index} of {node}")

    def add_on(self, node: str, index: int, kind: str) -> None:
        self.route(node, index)
        self.key("n")
        expect(self.desk.find("adder-title")).to_be_focused()
        for _ in range(8):
            if self.desk.find(f"add-{kind}").get_attribute("aria-selected") == "true":
                break
            self.key("ArrowDown")
        self.key("Enter")

    def add_end(self) -> None:
        """A copy of the end that is there."""
        self.node("repaired")
        self.key("ControlOrMeta+d")
        copy = ".canvas-node.selected:not([data-node=repaired])"
        expect(self.desk.page.locator(copy)).to_be_focused()
        self.desk.middle(copy)
        self.key("F2")

    def connect(self, node: str, to: str) -> None:
        self.node(node)
        self.key("c")
        expect(self.desk.find("finder-input")).to_be_focused()
        self.type(to)
        expect(self.desk.page.locator("[data-testid=finder] [role=option]").first).to_have_attribute(
            "data-testid", f"target-{to}"
        )
        self.key("Enter")

    def tab(self, name: str) -> None:
        if self.desk.find(f"tab-{name}").count() == 0:
            return
        self.reach("[role=tab][tabindex='0']")
        if not self.is_at(named(f"tab-{name}")):
            self.key("ArrowRight")

    def undo(self) -> None:
        self.key("ControlOrMeta+z")
        self._said = ""  # it may take away what had the focus

    def redo(self) -> None:
        self.key("ControlOrMeta+Shift+z")
        self._said = ""

    def path(self, path: str) -> None:
        search = self.desk.find("path-search")
        expect(search).to_be_focused()
        self.type(path)
        self.walk_list(named(f"path-{path}"))

    def walk_list(self, css: str) -> None:
        """The arrows move through what was found; Enter takes it."""
        expect(self.desk.page.locator(css)).to_be_visible()
        for _ in range(60):
            if self.desk.page.locator(css).get_attribute("aria-selected") == "true":
                self.key("Enter")
                return
            self.key("ArrowDown")
        raise AssertionError(f"the arrows do not come to {css}")


OPEN_LIST = "[role=listbox]:popover-open"
