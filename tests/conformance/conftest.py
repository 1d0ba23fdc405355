"""Lets the tests here import the `differential` package, and gives them the browser engine in a Node process."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from differential.peer import Peer, bundle


@pytest.fixture(scope="session")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    """The browser engine, bundled once and kept running."""
    with Peer(bundle(tmp_path_factory.mktemp("peer"))) as running:
        yield running
