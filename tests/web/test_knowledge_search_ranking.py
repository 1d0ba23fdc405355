"""How an entry's signals come together: more in common is never worse, and helping others decides among near equals."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mendloop.knowledge.search.causes import Learned, leanings, share
from mendloop.knowledge.search.learning import Tally
from mendloop.knowledge.search.ranking import (
    OUTCOME,
    Ranked,
    Signals,
    likely_causes,
    nearness,
    order,
    outcome,
    score,
    votes,
)

SHARES = ("text", "product", "position", "faults", "checks", "parts", "template")
shares = st.floats(0, 1)
counts = st.integers(0, 50)
signals = st.builds(Signals, *[shares] * len(SHARES), counts, counts)


@given(signals, st.sampled_from(SHARES), shares, shares)
def test_more_in_common_is_never_worse(one: Signals, name: str, more: float, cause: float) -> None:
    other = replace(one, **{name: max(more, getattr(one, name))})
    assert score(other, cause) >= score(one, cause)


@given(signals, shares, shares)
def test_a_likelier_cause_is_never_worse(one: Signals, cause: float, other: float) -> None:
    assert (score(one, cause) >= score(one, other)) == (cause >= other) or cause == pytest.approx(other)


@given(signals, shares)
def test_whoever_says_that_it_helped_never_moves_a_case_down(one: Signals, cause: float) -> None:
    assert score(replace(one, helped=one.helped + 1), cause) >= score(one, cause)
    assert score(replace(one, not_helped=one.not_helped + 1), cause) <= score(one, cause)


@given(signals, signals, shares)
def test_no_number_of_votes_moves_a_case_over_a_much_better_one(one: Signals, other: Signals, cause: float) -> None:
    if nearness(one) > nearness(other) + OUTCOME:
        assert score(one, cause) > score(other, cause)


def test_the_first_vote_moves_a_case_over_its_equals_and_the_hundredth_hardly_more() -> None:
    assert outcome(0, 0) == 0
    assert outcome(1, 0) > 0.1
    assert outcome(100, 0) - outcome(99, 0) < 0.001
    assert -0.5 < outcome(0, 1000) < outcome(1000, 0) < 0.5


def test_a_pressed_it_helped_changes_who_is_first_among_equals() -> None:
    equals = [Ranked(number, Signals(text=0.6), ("worn",)) for number in (1, 2)]
    assert [each.number for each, _ in order(equals, {"worn": 1.0}, 2)] == [1, 2]
    voted = [equals[0], replace(equals[1], signals=Signals(text=0.6, helped=1))]
    assert [each.number for each, _ in order(voted, {"worn": 1.0}, 2)] == [2, 1]


def test_five_proposals_are_not_five_times_the_same_cause() -> None:
    worn = [Ranked(number, Signals(text=0.7), ("worn",)) for number in range(10)]
    others = [Ranked(10 + number, Signals(text=0.5), (cause,)) for number, cause in enumerate(("blocked", "dry"))]
    found = order([*worn, *others], {"worn": 1.0, "blocked": 0.7, "dry": 0.6}, 5)
    assert [each.causes[0] for each, _ in found][:3] == ["worn", "blocked", "dry"]
    assert len(found) == 5


def test_who_says_nearly_the_same_is_first_whatever_most_others_had() -> None:
    same, usual = Ranked(1, Signals(text=1.0), ("rare",)), Ranked(2, Signals(text=0.2), ("usual",))
    assert next(each.number for each, _ in order([usual, same], {"usual": 1.0, "rare": 0.7}, 1)) == 1


@given(st.lists(st.tuples(shares, st.sampled_from("abc")), min_size=1), st.sampled_from("abc"))
def test_a_nearer_case_makes_its_cause_no_less_likely(near: list[tuple[float, str]], cause: str) -> None:
    said = [(value, [each]) for value, each in near]
    before, after = votes(said), votes([*said, (1.0, [cause])])
    assert likely_causes(after, {})[cause] >= likely_causes(before, {}).get(cause, 0) - 1e-9


def test_without_any_vote_no_cause_is_likely() -> None:
    assert likely_causes({}, {"worn": 1.0}) == {}


def test_words_of_a_cause_speak_for_it() -> None:
    tally = Tally()
    for cause, features in (("worn", ["wnoise", "whot"]), ("worn", ["wnoise"]), ("dry", ["whot", "wgrease"])):
        tally.count([cause], features)
    learned = Learned(3, len(tally.features), tally.causes, tally.features)
    said = leanings(["wnoise"], learned, ["worn", "dry"])
    assert said["worn"] > said["dry"]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sets(st.sampled_from(["wx", "wy", "wz"]), min_size=1)), min_size=1))
def test_what_is_forgotten_leaves_nothing_behind(cases: list[tuple[str, set[str]]]) -> None:
    tally = Tally()
    for sign in (1, -1):
        for cause, features in cases:
            tally.count([cause], features, sign)
    assert all(abs(held) < 1e-9 for held in tally.causes.values())
    assert all(told.entries == 0 and abs(told.weight) < 1e-9 for told in tally.features.values())


def test_a_long_case_speaks_no_louder_than_a_short_one() -> None:
    assert share(["wa"]) == 1
    assert sum(share(["wa"] * 4) ** 2 for _ in range(4)) == pytest.approx(1)
