"""Workshops with real servers, ended with the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from mendloop.testing.workshop import OpenWorkshop, Workshop, open_workshop


@pytest.fixture(name="open_workshop")
def workshops(tmp_path: Path) -> Iterator[OpenWorkshop]:
    """`open_workshop(steps, count)`: one with `count` orders of `steps` steps each."""
    opened: list[Workshop] = []

    def open_one(steps: int, count: int) -> Workshop:
        opened.append(open_workshop(tmp_path, steps, count))
        return opened[-1]

    yield open_one
    for workshop in opened:
        workshop.server.kill()
