"""Random templates and random acts through both engines: whatever one does, the other does too."""

import os
from contextlib import nullcontext

import pytest
from differential.coverage import Coverage
from differential.peer import Peer
from differential.play import Run
from mendloop_engine.commands import COMMAND_TYPES
from mendloop_engine.events import EVENT_TYPES
from mendloop_engine.fields import BUILT_IN
from mendloop_engine.problems import CATALOGUE

RUNS = int(os.environ.get("MENDLOOP_DIFFERENTIAL_RUNS", "300"))
SEED = os.environ.get("MENDLOOP_DIFFERENTIAL_SEED")
ENOUGH = 300
"""Runs below which rare things may not have happened."""

FOR_TEMPLATES = ("template.", "name.", "reference.", "flow.", "step.", "field.", "expression.", "scenario.", "words.")
CODES = {code for code in CATALOGUE if not code.startswith(FOR_TEMPLATES)} | {"expression.failed"}
"""What can stand against a command."""


@pytest.mark.timeout(7200)
def test_both_engines_decide_alike(peer: Peer, capsys: pytest.CaptureFixture[str]) -> None:
    coverage = Coverage()
    for seed in [int(SEED)] if SEED else range(1, RUNS + 1):
        try:
            Run(seed, peer, coverage).play()
        except Exception as error:
            error.add_note(
                f"again with: MENDLOOP_DIFFERENTIAL_SEED={seed} pytest tests/conformance/test_differential.py"
            )
            raise
    with capsys.disabled() if RUNS > ENOUGH else nullcontext():
        print(f"\n{RUNS} runs\n{coverage.report()}")
    if SEED is None and RUNS >= ENOUGH:
        assert_far_reaching(coverage)


def assert_far_reaching(coverage: Coverage) -> None:
    """Every command was accepted and refused, every event happened, every field type and most problems occurred."""
    assert set(coverage.accepted) >= set(COMMAND_TYPES)
    assert set(coverage.refused) >= set(COMMAND_TYPES)
    assert set(coverage.events) == set(EVENT_TYPES)
    assert set(coverage.field_types) == set(BUILT_IN.names())
    assert len(CODES - set(coverage.problems)) <= len(CODES) // 10, sorted(CODES - set(coverage.problems))
    assert {"ended", "cancelled", "open"} <= set(coverage.ends)
