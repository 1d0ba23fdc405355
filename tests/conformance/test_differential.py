"""Random templates and random acts through both engines: whatever one does, the other does too."""

import os

import pytest
from differential.coverage import Coverage
from differential.peer import Peer
from differential.play import Run
from mendloop_engine.commands import COMMAND_TYPES
from mendloop_engine.events import EVENT_TYPES

FIRST_SEED = 1
RUNS = int(os.environ.get("MENDLOOP_DIFFERENTIAL_RUNS", "300"))
SEED = os.environ.get("MENDLOOP_DIFFERENTIAL_SEED")
SHARES = 10
ENOUGH = 300
"""Runs below which rare things may not have happened."""


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return Coverage()


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.timeout(7200)
def test_both_engines_decide_alike(share: int, peer: Peer, coverage: Coverage) -> None:
    seeds = [int(SEED)] if SEED else range(FIRST_SEED + share, FIRST_SEED + RUNS, SHARES)
    for seed in seeds:
        Run(seed, peer, coverage).play()


@pytest.mark.skipif(SEED is not None or RUNS < ENOUGH, reason="one seed, or few, do not reach everything")
def test_the_runs_reached_every_command_event_and_most_problems(coverage: Coverage) -> None:
    print(coverage.report())
    assert set(coverage.accepted) >= set(COMMAND_TYPES)
    assert set(coverage.refused) >= set(COMMAND_TYPES)
    assert set(coverage.events) == set(EVENT_TYPES)
