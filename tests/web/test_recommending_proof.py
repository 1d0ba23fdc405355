"""The proof: on later orders of an organisation whose probabilities are known, the model beats what everybody does."""

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from mendloop.testing.judging import Verdict, all_knowing, judge, learned, most_used, tally_of
from mendloop.testing.known_repairs import Known, KnownOrganisation

EARLIER, HELD_OUT, SEED = 1500, 120, 2026
CURVE = (0, 10, 100, 500, EARLIER)
CALIBRATION_BOUNDS = {100: 0.05, 500: 0.035, EARLIER: 0.03}
"""By orders that have ended: what is said may on average be so far from what comes true. Before, it is the template's
word, which is as good as whoever wrote it."""


class Learning(NamedTuple):
    """One point of the learning curve."""

    orders: int
    ours: Verdict
    most_used: Verdict


@pytest.fixture(scope="module")
def known() -> Sequence[Known]:
    return list(KnownOrganisation(SEED).repairs(EARLIER + HELD_OUT))


@pytest.fixture(scope="module")
def curve(known: Sequence[Known]) -> Sequence[Learning]:
    """Learned from so many orders that ended before the first of those held out."""
    organisation, held_out = KnownOrganisation(SEED), known[EARLIER:]
    tallies = [(count, tally_of(known[EARLIER - count : EARLIER])) for count in CURVE]
    return [
        Learning(count, judge(held_out, learned(organisation, tally)), judge(held_out, most_used(tally)))
        for count, tally in tallies
    ]


def test_what_was_learned_is_better_than_the_most_used_parts_of_the_product(
    curve: Sequence[Learning], known: Sequence[Known], capsys: pytest.CaptureFixture[str]
) -> None:
    best = judge(known[EARLIER:], all_knowing)
    with capsys.disabled():
        print(f"\nheld-out orders: {HELD_OUT}; nobody can do better than Brier {best.brier:.4f}, hit@3 {best.hits:.3f}")
        print("orders | Brier  hit@3  calibration error | most used parts of the product: Brier  hit@3  error")
        for orders, ours, theirs in curve:
            print(f"{orders:6} | {_figures(ours)} | {_figures(theirs)}")
        print("said     " + "  ".join(f"{decile.said:.2f}" for decile in curve[-1].ours.deciles))
        print("came true" + "  ".join(f"{decile.came_true:.2f}" for decile in curve[-1].ours.deciles))
        print("times    " + "  ".join(f"{decile.count:4}" for decile in curve[-1].ours.deciles))
    for _, ours, theirs in curve:
        assert ours.brier < theirs.brier
        assert ours.hits > theirs.hits


def test_what_is_said_comes_true_as_often_as_it_is_said(curve: Sequence[Learning]) -> None:
    errors = {orders: ours.calibration_error for orders, ours, _ in curve}
    assert {orders: errors[orders] for orders, bound in CALIBRATION_BOUNDS.items() if errors[orders] >= bound} == {}


def test_every_ten_times_more_orders_teach_something(curve: Sequence[Learning]) -> None:
    briers = {orders: ours.brier for orders, ours, _ in curve}
    assert briers[EARLIER] < briers[500] < briers[100] < briers[0]


def test_after_many_orders_little_is_left_to_learn(curve: Sequence[Learning], known: Sequence[Known]) -> None:
    best = judge(known[EARLIER:], all_knowing)
    last = curve[-1].ours
    assert last.brier - best.brier < 0.2 * (curve[0].most_used.brier - best.brier)
    assert last.hits > best.hits - 0.05


def _figures(verdict: Verdict) -> str:
    return f"{verdict.brier:.4f}  {verdict.hits:.3f}  {verdict.calibration_error:.4f}"
