"""The TypeScript evaluator and the judge from npm, each in a Node process kept for the session."""

from collections.abc import Iterator

import pytest
from cel.phone import JUDGE, NodeProcess, Phone, bundle


@pytest.fixture(scope="session")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    """The TypeScript half of the expressions."""
    with NodeProcess(bundle(tmp_path_factory.mktemp("phone"))) as process:
        yield Phone(process)


@pytest.fixture(scope="session")
def npm_judge() -> Iterator[NodeProcess]:
    """`@bufbuild/cel`."""
    with NodeProcess(JUDGE) as process:
        yield process
