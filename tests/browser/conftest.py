"""The product with its demonstration, in a process of its own, and browsers for the people in it."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from mendloop.accounts.demo_accounts import DEMO_PASSWORD
from mendloop.database import open_database
from mendloop.testing.designer_tab import DESK, DesignerTab
from mendloop.testing.hired import hire
from mendloop.testing.live import LiveServer
from mendloop.testing.phone import PATIENCE_MS, Phone
from mendloop.testing.played import play_pump_order
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).parent))
from drafting.flow import harness, opened_flow  # noqa: F401 - fixtures; the folder is on the path only now
from drafting.judge import LEVELS

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A served product with demonstration data, as `make run` makes it."""
    yield from served(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture
def own_demonstration(tmp_path: Path) -> Iterator[LiveServer]:
    """One that nobody else has, for a test in which parts run out."""
    yield from served(tmp_path)


def served(folder: Path) -> Iterator[LiveServer]:
    server = LiveServer(folder)
    server.run("demo")
    yield server.start()
    server.stop()


@pytest.fixture(scope="session")
def chromium(launch_chromium: Callable[..., Browser]) -> Browser:
    """One Chromium for all people; each has a context of his own."""
    return launch_chromium()


@pytest.fixture(scope="session")
def pictures(checkout: Path) -> Path:
    """Where screenshots go: screenshots/ in the checkout."""
    return checkout / "screenshots"


@pytest.fixture(scope="session")
def axe(checkout: Path) -> str:
    """axe-core's own script."""
    return (checkout / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def faults(axe: str) -> Callable[[Page], list[str]]:
    """What axe-core has against a page, each with the first element it concerns."""

    def judge(page: Page) -> list[str]:
        page.evaluate(axe + "; undefined")
        found: dict[str, Any] = page.evaluate("levels => axe.run(document, {runOnly: levels})", LEVELS)
        return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]

    return judge


@pytest.fixture
def phone(chromium: Browser, demonstration: LiveServer, pictures: Path) -> Iterator[Callable[..., Phone]]:
    """`phone(name, language)`: the phone of somebody who is signed in."""
    opened: list[Phone] = []

    def open_one(name: str, language: str, dark: bool = False) -> Phone:
        opened.append(Phone(chromium, demonstration.address, pictures / language / f"phone_{name}", language, dark))
        opened[-1].sign_in(name, "demo-mendloop", language)
        return opened[-1]

    yield open_one
    for each in opened:
        each.context.close()


@pytest.fixture
def desk(chromium: Browser, demonstration: LiveServer) -> Iterator[Callable[..., Page]]:
    """`desk(language)`: the signed-in browser of somebody at a desk; of the supervisor, unless a name is said."""
    opened: list[Page] = []

    def open_one(language: str, name: str = "lin", scheme: Literal["light", "dark"] = "light") -> Page:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale=language, color_scheme=scheme)
        page.set_default_timeout(PATIENCE_MS)
        opened.append(page)
        page.goto(f"{demonstration.address}/sign-in")
        page.fill("input[name=sign_in_name]", name)
        page.fill("input[name=password]", "demo-mendloop")
        page.locator("main form button[type=submit]").first.click()
        with page.expect_navigation():
            page.locator(f"button[name=language][value='{language}']").click()
        return page

    yield open_one
    for each in opened:
        each.context.close()


@pytest.fixture
def pump_order(demonstration: LiveServer) -> Callable[[int], str]:
    """`pump_order(acts)`: the id of a new order of a pump of which so many acts are done; every lock in it is Ada's."""

    def play(acts: int) -> str:
        database = open_database(f"sqlite:///{demonstration.data_folder / 'mendloop.db'}")
        try:
            return play_pump_order(database, demonstration.data_folder, acts)
        finally:
            database.close()

    return play


@pytest.fixture(scope="session")
def designers(chromium: Browser, demonstration: LiveServer) -> Callable[[str, str], Any]:
    """`designers(name, language)`: the cookies of somebody who has signed in: Lin owns, Dee designs, Sue may look."""
    hire(demonstration, "Dee", "designer")
    hire(demonstration, "Sue", "supervisor")
    signed_in: dict[str, tuple[str, Any]] = {}

    def cookies_of(name: str, language: str) -> Any:
        if name not in signed_in or signed_in[name][0] != language:
            context = chromium.new_context(locale=language)
            DesignerTab(context, demonstration.address).sign_in(name, DEMO_PASSWORD, language)
            signed_in[name] = (language, context.storage_state())
            context.close()
        return signed_in[name][1]

    return cookies_of


@pytest.fixture
def designing(
    chromium: Browser, demonstration: LiveServer, designers: Callable[[str, str], Any]
) -> Iterator[Callable[..., DesignerTab]]:
    """`designing(name, …)`: the signed-in browser of somebody at the designer."""
    opened: list[DesignerTab] = []

    def open_one(name: str, language: str = "en", **options: Any) -> DesignerTab:
        cookies = designers(name, language)
        context = chromium.new_context(**{"viewport": DESK, "locale": language, "storage_state": cookies, **options})
        opened.append(DesignerTab(context, demonstration.address))
        return opened[-1]

    yield open_one
    for each in opened:
        each.context.close()


@pytest.fixture
def lin(designing: Callable[..., DesignerTab]) -> DesignerTab:
    """The owner, at a designer that nobody else has open."""
    return designing("lin")
