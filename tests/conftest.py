"""What any test may ask for: the checkout, the shared folder beside it, PostgreSQL, a Chromium."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from house.chromium import find_chromium
from house.places import ROOT
from house.postgresql import server_for_tests
from playwright.sync_api import Browser, sync_playwright

# A camera that needs no permission, and no sandbox because root has none.
FAKE_CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the checkout under test."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder with the specifications' own test data that some machines have beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is absent: its test data is not part of this repository")
    return folder


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL that tests may make databases in: the one named, else one started for this session."""
    with server_for_tests() as url:
        if url is None:
            pytest.skip("no PostgreSQL on this machine, and none could be installed")
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The URL of an empty database that is this test's alone."""
    plain = postgresql_server.replace("postgresql+psycopg://", "postgresql://")
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(plain, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{postgresql_server.rpartition('/')[0]}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """A Chromium; there is no skipping: a machine without one has not run the tests."""
    found = find_chromium()
    if found is None:
        pytest.fail("no Chromium found: `make test` installs one, MENDLOOP_CHROMIUM names one")
    return found


@pytest.fixture(scope="session")
def launch_chromium(chromium_path: Path) -> Iterator[Callable[..., Browser]]:
    """Starts Chromium with a fake camera and any further switches; all are closed at the end."""
    with sync_playwright() as playwright:
        started: list[Browser] = []

        def launch(*switches: str) -> Browser:
            arguments = ["--no-sandbox", *FAKE_CAMERA, *switches]
            started.append(playwright.chromium.launch(executable_path=chromium_path, args=arguments))
            return started[-1]

        yield launch
        for browser in started:
            browser.close()
