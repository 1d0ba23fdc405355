"""An engineer at the phone: what a thumb does in the runner, counted in taps."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 15_000


class Phone:
    """A phone-sized browser of one person, with a camera. Every act that a finger would do is a tap and is counted."""

    def __init__(self, browser: Browser, address: str, pictures: Path, language: str, dark: bool = False) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": PHONE["width"], "height": PHONE["height"]},
            has_touch=True,
            is_mobile=True,
            locale=language,
            color_scheme="dark" if dark else "light",
            permissions=["camera"],
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.taps = 0
        self._address = address
        self._pictures = pictures

    def sign_in(self, name: str, password: str, language: str) -> None:
        """Through the sign-in page, in a language, to the first screen of the runner."""
        self.page.goto(f"{self._address}/sign-in")
        self.look("sign_in")
        self.page.fill("input[name=sign_in_name]", name)
        self.page.fill("input[name=password]", password)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.goto(f"{self._address}/go")
        expect(self.find("orders")).to_be_visible()
        for name_of_button in ("menu", f"language-{language}", "close-menu"):
            self.tap(name_of_button)
        self.taps = 0

    def find(self, name: str) -> Locator:
        """The element with this test id."""
        return self.page.get_by_test_id(name)

    def tap(self, name: str) -> None:
        """Put a finger on it."""
        self.find(name).first.tap()
        self.taps += 1

    def look(self, name: str) -> None:
        """Keep a picture of what the screen shows."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self._pictures / f"{name}.png")

    def open_order(self, number: str) -> None:
        """From the list."""
        self.tap(f"order-{number}")

    def at(self, visit: str) -> None:
        """Wait until this visit's screen is shown."""
        expect(self.page.locator(f"[data-testid=step][data-visit='{visit}']")).to_be_visible(timeout=15_000)

    def start(self) -> None:
        """Begin the step that is shown."""
        self.tap("start")
        expect(self.find("finish")).to_be_visible()

    def finish(self) -> None:
        """Finish it; what is missing would keep it open."""
        self.tap("finish")

    def handed_over(self) -> None:
        """Wait until nobody but somebody else can go on, and the server knows it."""
        expect(self.find("finish")).to_have_count(0)
        self.all_sent()

    def pause(self, reason: str) -> None:
        """With a reason."""
        self.tap("pause")
        self.tap(f"pause-{reason}")
        expect(self.find("resume")).to_be_visible()

    def choose(self, field: str, option: str) -> None:
        """One of several."""
        self.page.locator(f"label:has([data-testid='{field}-{option}'])").tap()
        self.taps += 1

    def tick(self, field: str, item: str, result: str = "ok") -> None:
        """A line of a checklist."""
        self.choose(f"{field}-{item}", result)

    def tick_all(self, field: str) -> None:
        """Every line of a checklist ok."""
        for box in self.card(field).locator(f"label:has([data-testid^='{field}-'][data-testid$='-ok'])").all():
            box.tap()
            self.taps += 1

    def card(self, field: str) -> Locator:
        """The whole of a field."""
        return self.page.locator(f"#f-{field}-card")

    def enter(self, field: str, text: str) -> None:
        """A number or a text."""
        self.card(field).locator("input, textarea").first.fill(text)
        self.card(field).locator("input, textarea").first.blur()

    def scan_typed(self, field: str, code: str) -> None:
        """A code whose label cannot be read by a camera."""
        self.card(field).get_by_test_id("typed-code").fill(code)
        self.card(field).get_by_test_id("add-typed").tap()

    def shoot(self, field: str, *shots: str) -> None:
        """All shots in a row, without leaving the camera."""
        self.card(field).get_by_test_id(f"shoot-{shots[0]}").tap()
        for shot in shots:
            expect(self.find(f"aim-{shot}")).to_have_attribute("aria-pressed", "true")
            expect(self.find("shutter")).to_be_enabled()
            if shot == shots[0]:
                self.look(f"camera_{field}")
            self.tap("shutter")
            expect(self.find(f"aim-{shot}")).to_contain_text("1/1")
        self.tap("camera-done")

    def lock(self, *points: str) -> None:
        """Isolation points, one by one."""
        self._press_all("lock", points)

    def unlock(self, *points: str) -> None:
        """The same backwards."""
        self._press_all("unlock", points)

    def sign(self, field: str, name: str) -> None:
        """With a finger."""
        self.card(field).get_by_test_id("signer").fill(name)
        pad = self.find(f"pad-{field}")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        if box is None:
            raise AssertionError("no signature pad")
        mouse = self.page.mouse
        mouse.move(box["x"] + 30, box["y"] + 60)
        mouse.down()
        for step in range(1, 9):
            mouse.move(box["x"] + 30 + step * 25, box["y"] + 60 + (-1) ** step * 20)
        mouse.up()
        expect(self.find(f"signed-{field}")).to_be_visible()

    def saved(self) -> None:
        """Wait until the phone says that everything is on its disk."""
        expect(self.find("saved")).to_have_attribute("data-saved", "saved")

    def all_sent(self) -> None:
        """Wait until the server has everything."""
        expect(self.find("sync")).to_have_attribute("data-waiting", "0", timeout=20_000)

    def _press_all(self, act: str, points: tuple[str, ...]) -> None:
        for point in points:
            self.tap(f"{act}-{point}")
            expect(self.find(f"{act}-{point}")).to_have_count(0)
