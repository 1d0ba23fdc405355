"""A designer with a mouse. Letters are typed, everything else is pointed at."""

from playwright.sync_api import expect

from mendloop.testing.designer_hand import Hand, option_named
from mendloop.testing.designer_page import named

NEAR = 57
"""Percent."""


class MouseHand(Hand):
    """Presses, drags and drops."""

    def press(self, css: str) -> None:
        self.desk.seen(css).click()

    def write(self, css: str, text: str) -> None:
        self.desk.seen(css).click()
        self.key("ControlOrMeta+a")
        self.type(text)

    def choose(self, css: str, query: str, option: str) -> None:
        self.desk.seen(css).click()
        self.type(query)
        self.desk.page.locator(option_named(option)).first.click()

    def select(self, css: str, value: str) -> None:
        self.desk.seen(css).select_option(value)

    def segment(self, css: str) -> None:
        self.desk.page.locator(css).click()

    def menu(self, item: str) -> None:
        self.desk.find(item).click()

    def field_type(self, kind: str) -> None:
        self.desk.find(f"field-type-{kind}").click()

    def card(self, field: str) -> None:
        self.desk.seen(f"{named(f'field-{field}')} .fields-label").click()

    def field_to_top(self, field: str) -> None:
        self.drag(f"{named(f'field-{field}')} .fields-grip", ".fields-card", up=18)

    def row_to_top(self, row: int) -> None:
        rows = "[data-open=true] [data-testid=panel-row]"
        self.drag(f"{rows}[data-row='{row}'] > .panels-grip", f"{rows}[data-row='0'] > .panels-grip", up=8)

    def route_to_top(self, row: int) -> None:
        rows = "[data-testid=panel-routes] > li"
        self.drag(f"{rows}[data-row='{row}'] > .panels-grip", f"{rows}[data-row='0'] > .panels-grip", up=8)

    def node(self, node: str) -> None:
        self.fit()
        self.desk.page.mouse.click(*self.desk.middle(named(f"node-{node}")))

    def route(self, node: str, index: int) -> None:
        self.fit()
        self.desk.page.mouse.click(*self._on_line(node, index))

    def add_on(self, node: str, index: int, kind: str) -> None:
        """By turns: "+" on the way, and a drag from the palette onto it."""
        self.near(node)
        self._turn = not self._turn
        if self._turn:
            self.desk.page.mouse.move(*self.desk.middle(named(f"node-{node}")))
            self.press(named(f"add-on-{node}-{index}"))
            self.menu(f"add-{kind}")
        else:
            self.drag(named(f"palette-{kind}"), named(f"add-on-{node}-{index}"))

    _turn = False

    def add_end(self) -> None:
        """Onto the free ground at the right."""
        self.fit()
        box = self.desk.seen(named("canvas")).bounding_box()
        if box is None:
            raise AssertionError("no canvas")
        self.drag_to(self.desk.middle(named("palette-end")), (box["x"] + box["width"] * 0.86, box["y"] + 260))
        self.menu("outcome-repaired")

    def connect(self, node: str, to: str) -> None:
        """From the handle below a node to another node."""
        self.near(node, to)
        self.desk.page.mouse.move(*self.desk.middle(named(f"node-{node}")))
        self.drag(named(f"handle-{node}"), named(f"node-{to}"))

    def tab(self, name: str) -> None:
        if self.desk.find(f"tab-{name}").count() > 0:
            self.press(named(f"tab-{name}"))

    def undo(self) -> None:
        self.press(named("undo"))

    def redo(self) -> None:
        self.press(named("redo"))

    def path(self, path: str) -> None:
        self.press(named(f"path-{path}"))

    def near(self, *nodes: str) -> None:
        """Close enough to see "+" and handles, and in the middle: with the wheel, on them."""
        mouse, names = self.desk.page.mouse, [named(f"node-{node}") for node in nodes]
        if any(self.desk.page.locator(name).count() == 0 for name in names):
            self.fit()
        while self.zoom() < NEAR:
            mouse.move(*self._between(names))
            self.desk.page.keyboard.down("Control")
            mouse.wheel(0, -50)
            self.desk.page.keyboard.up("Control")
        box = self.desk.seen(named("canvas")).bounding_box()
        if box is None:
            raise AssertionError("no canvas")
        x, y = self._between(names)
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        mouse.wheel(x - box["x"] - box["width"] / 2, y - box["y"] - box["height"] / 2)

    def _between(self, names: list[str]) -> tuple[float, float]:
        spots = [self.desk.middle(name) for name in names]
        return sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)

    def zoom(self) -> int:
        """In percent."""
        return int(self.desk.find("zoom").inner_text().removesuffix("%"))

    def fit(self) -> None:
        """Everything in sight."""
        self.press(named("fit"))

    def drag(self, what: str, to: str, up: float = 0) -> None:
        """From the middle of one thing to the middle of another, or so many pixels above it."""
        start, (x, y) = self._both_still(what, to)
        self.drag_to(start, (x, y - up))

    def _both_still(self, what: str, to: str, most: int = 10) -> tuple[tuple[float, float], tuple[float, float]]:
        """The middles of both. A problem that is found meanwhile pushes a panel down: whoever drags looks again."""
        for _ in range(most):
            found = (self.desk.middle(what), self.desk.middle(to))
            if found == (self.desk.middle(what), self.desk.middle(to)):
                return found
        raise AssertionError(f"{what} and {to} never stand still together")

    def drag_to(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, move, let go."""
        mouse = self.desk.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move(start[0] + 8, start[1] + 8)
        mouse.move(*end, steps=6)
        expect(self.desk.seen("body")).to_be_visible()
        mouse.up()

    def _on_line(self, node: str, index: int) -> tuple[float, float]:
        """A point of the line that a way is drawn as, a third along."""
        spot = self.desk.page.evaluate(
            """(name) => { const line = document.querySelector(`[data-testid="${name}"] .canvas-line`);
            const at = line.getPointAtLength(line.getTotalLength() / 3);
            const { a, d, e, f } = line.getScreenCTM(); return { x: at.x * a + e, y: at.y * d + f }; }""",
            f"edge-{node}-{index}",
        )
        return spot["x"], spot["y"]
