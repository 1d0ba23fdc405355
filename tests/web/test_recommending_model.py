"""The model: it begins with the template's word, ends with what happened, and reasons from related repairs between."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mendloop.recommending.model import ALWAYS, NEVER, Seen, any_of, posterior, probability, shells
from mendloop.recommending.planned import ELSEWHERE, NAMED, PLANNED, REQUIRED, UNPLANNED, Amount, Line, lines_for
from mendloop.recommending.proposing import chance, propose
from mendloop.recommending.question import Counts, Question
from mendloop.recommending.reasons import FAMILY, FAULTS, PLAN, PRODUCT, SAME, STEP
from mendloop.recommending.repairs import Repair, Tally

A5, A6, B1 = "phone/aurora/a5", "phone/aurora/a6", "phone/borealis/b1"
ABOVE = {"D-1": ("D",), "D-2": ("D",), "S-1": ("S",)}
SCREEN = "SCR-A5"


def line(
    part: str = SCREEN, *, required: bool = False, faults: tuple[str, ...] = (), products: tuple[str, ...] = ()
) -> Line:
    return Line("used", part, 1, required, faults, products)


def ask(*faults: str, product: str = A5, lines: tuple[Line, ...] = (), field: str | None = "used") -> Question:
    return Question("t", "mend", product, {fault: ABOVE[fault] for fault in faults}, lines_for(product, lines), field)


def repaired(*told: tuple[str, tuple[str, ...], str, int]) -> Counts:
    """Counts of repairs: product, faults, parts used (several with a space between), how many such."""
    tally, number = Tally(), 0
    for product, faults, parts, count in told:
        for _ in range(count):
            number += 1
            at = f"2026-10-{1 + number % 28:02}T08:00:00.000Z"
            tally.add(Repair(f"2026-{number:05}", at, "t", product, faults, {"mend": frozenset(parts.split())}))
    return Counts(tally, "mend", ABOVE)


NONE = repaired()


@pytest.mark.parametrize(
    ("planned", "word"),
    [
        (line(required=True), REQUIRED),
        (line(faults=("D-1",)), NAMED),
        (line(products=("phone/aurora/*",)), NAMED),
        (line(), PLANNED),
        (line(faults=("S-*",)), ELSEWHERE),
        (None, UNPLANNED),
    ],
)
def test_a_new_organisation_starts_from_the_template(planned: Line | None, word: float) -> None:
    assert chance(ask("D-1"), NONE, SCREEN, planned) == pytest.approx(word)


def test_what_happens_often_wins_over_the_template() -> None:
    counts = repaired((A5, ("D-1",), "", 200))
    assert chance(ask("D-1"), counts, SCREEN, line(required=True)) < 0.05
    counts = repaired((A5, ("D-1",), SCREEN, 160), (A5, ("D-1",), "", 40))
    assert chance(ask("D-1"), counts, SCREEN, None) == pytest.approx(0.8, abs=0.03)


def test_a_product_and_a_fault_that_nobody_has_seen_together_are_put_together() -> None:
    """The screen of this model is rare among all repairs, but model and fault each speak for it."""
    counts = repaired(
        (A5, ("S-1",), SCREEN, 30), (A5, ("S-1",), "", 70), (A6, ("D-1",), SCREEN, 10), (A6, ("D-1",), "", 90),
        (A6, ("S-1",), SCREEN, 1), (A6, ("S-1",), "", 99),
    )  # fmt: skip
    product_alone, fault_alone = 0.3, 0.1
    assert chance(ask("D-1"), counts, SCREEN, None) > product_alone + fault_alone


def test_related_products_and_related_faults_teach_when_there_is_nothing_nearer() -> None:
    family = repaired((A6, ("D-1",), SCREEN, 40), (B1, ("D-1",), "", 400))
    assert chance(ask("D-1"), family, SCREEN, None) > 0.3
    related = repaired((A5, ("D-2",), SCREEN, 40), (A5, ("S-1",), "", 400))
    assert chance(ask("D-1"), related, SCREEN, None) > 0.3
    assert chance(ask("S-1"), related, SCREEN, None) < 0.01


def test_a_line_for_one_fault_is_not_doubted_because_other_faults_do_without_it() -> None:
    counts = repaired((A5, ("S-1",), "", 300), (A6, ("S-1",), "", 300))
    assert chance(ask("D-1"), counts, SCREEN, line(faults=("D-1",))) == pytest.approx(NAMED)


def test_a_line_for_other_faults_is_not_expected_because_they_need_it() -> None:
    counts = repaired((A5, ("D-1",), SCREEN, 300), (A6, ("D-1",), SCREEN, 300))
    assert chance(ask("S-1"), counts, SCREEN, line(faults=("D-*",))) == pytest.approx(ELSEWHERE)


def test_a_part_that_every_repair_may_need_is_not_counted_once_for_each_fault() -> None:
    half = [(A5, (fault,), parts, 50) for fault in ("D-1", "S-1") for parts in ("TAPE", "")]
    assert chance(ask("D-1", "S-1"), repaired(*half), "TAPE", None) == pytest.approx(0.5, abs=0.05)


def test_two_faults_need_what_either_needs() -> None:
    counts = repaired(
        (A5, ("D-1",), SCREEN, 80), (A5, ("D-1",), "", 20), (A5, ("S-1",), "SPK", 80), (A5, ("S-1",), "", 20),
    )  # fmt: skip
    proposals = propose(ask("D-1", "S-1"), counts)
    assert {proposal.part for proposal in proposals} == {SCREEN, "SPK"}
    assert all(proposal.probability > 0.7 for proposal in proposals)


def test_orders_with_exactly_these_faults_are_believed_most() -> None:
    apart = [(A5, (fault,), parts, count) for fault in ("D-1", "S-1") for parts, count in ((SCREEN, 60), ("", 40))]
    expected = chance(ask("D-1", "S-1"), repaired(*apart), SCREEN, None)
    known = chance(ask("D-1", "S-1"), repaired(*apart, (A5, ("D-1", "S-1"), "", 40)), SCREEN, None)
    assert known < 0.1 < 0.55 < expected


def test_a_part_that_the_template_refuses_on_this_product_is_never_proposed() -> None:
    counts = repaired((A5, ("D-1",), SCREEN, 50))
    assert propose(ask("D-1", lines=(line(products=("phone/borealis/*",)),)), counts) == []


def test_a_part_that_is_planned_for_two_positions_counts_once_and_adds_up() -> None:
    one, box = Line("used", SCREEN, 3, False, (), ()), Line("used", SCREEN, 1, True, (), (), unit="box")
    for counts in (NONE, repaired((A5, ("D-1",), SCREEN, 6), (A5, ("D-1",), "", 4))):
        (proposal,) = propose(ask("D-1", lines=(one, box)), counts)
        assert proposal.probability == pytest.approx(chance(ask("D-1"), counts, SCREEN, box))
        assert (proposal.planned, proposal.required, proposal.amounts) == (True, True, (Amount(3), Amount(1, "box")))
        assert proposal.quantity({"box": 10}) == 13


def test_of_several_lines_of_a_part_those_count_that_hold_for_the_order() -> None:
    here, there = Line("used", SCREEN, 2, False, ("D-1",), ()), Line("more", SCREEN, 5, True, ("S-1",), ())
    for lines in ((here, there), (there, here)):
        (proposal,) = propose(ask("D-1", lines=lines), NONE)
        assert proposal.probability == pytest.approx(NAMED)
        assert proposal.field == "used"
        assert (proposal.planned, proposal.required, proposal.quantity({})) == (True, False, 2)
        assert [reason.kind for reason in proposal.reasons] == [PLAN]
        (both,) = propose(ask("D-1", "S-1", lines=lines), NONE)
        assert (both.required, both.quantity({})) == (True, 7)


def test_where_only_planned_parts_are_taken_no_others_are_proposed() -> None:
    counts = repaired((A5, ("D-1",), "GLUE", 50))
    assert [each.part for each in propose(ask("D-1", lines=(line(),), field=None), counts)] == [SCREEN]
    assert [each.part for each in propose(ask("D-1", lines=(line(),)), counts)] == ["GLUE", SCREEN]


def test_a_planned_part_is_proposed_however_seldom_it_was_used() -> None:
    counts = repaired((A5, ("D-1",), "", 400))
    proposal = propose(ask("D-1", lines=(line(),)), counts)[0]
    assert proposal.planned
    assert proposal.probability < 0.01


def reasons(
    counts: Counts, *faults: str, product: str = A5, planned: tuple[Line, ...] = ()
) -> list[tuple[str, int, int]]:
    found = {each.part: each for each in propose(ask(*faults, product=product, lines=planned), counts)}
    return [(reason.kind, reason.used, reason.repairs) for reason in found[SCREEN].reasons]


def test_the_reason_is_repairs_like_this_one() -> None:
    counts = repaired((A5, ("D-1",), "", 7), (A5, ("D-1",), SCREEN, 34))
    assert reasons(counts, "D-1") == [(SAME, 34, 41)]
    proposal = propose(ask("D-1"), counts)[0]
    assert (proposal.reasons[0].last_at, proposal.reasons[0].last_number) == ("2026-10-28T08:00:00.000Z", "2026-00027")


def test_the_reason_is_the_nearest_other_repairs_where_there_are_none_like_this() -> None:
    assert reasons(repaired((A6, ("D-1",), SCREEN, 5)), "D-1") == [(FAMILY, 5, 5)]
    assert reasons(repaired((A5, ("D-2",), SCREEN, 5)), "D-1") == [(FAULTS, 5, 5)]
    assert reasons(repaired((A5, ("S-1",), SCREEN, 5)), "D-1") == [(PRODUCT, 5, 5)]
    assert reasons(repaired((A5, ("S-1",), SCREEN, 5))) == [(SAME, 5, 5)]
    assert reasons(repaired((A6, ("S-1",), SCREEN, 5))) == [(STEP, 5, 5)]


def test_the_reason_says_too_that_repairs_like_this_one_did_without_it() -> None:
    counts = repaired((A5, ("D-1",), "", 2), (A6, ("D-1",), SCREEN, 30))
    assert reasons(counts, "D-1", planned=(line(),)) == [(SAME, 0, 2), (FAMILY, 30, 32), (PLAN, 0, 0)]


RATES = st.floats(NEVER, ALWAYS)
SEEN = st.integers(0, 500).flatmap(lambda repairs: st.builds(Seen, st.just(repairs), st.integers(0, repairs)))


@given(RATES, st.floats(0.1, 100), SEEN)
def test_a_posterior_lies_between_what_was_expected_and_what_was_seen(mean: float, strength: float, seen: Seen) -> None:
    found = posterior(mean, strength, seen)
    rate = seen.used / seen.repairs if seen.repairs else mean
    assert min(mean, rate, found) >= NEVER * 0.99 or min(mean, rate) < NEVER
    assert min(mean, rate) - 1e-9 <= found <= max(mean, rate) + 1e-9 or found in (NEVER, ALWAYS)


@given(RATES, st.lists(st.lists(SEEN, min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_probability_is_never_certain(prior: float, grid: list[list[Seen]]) -> None:
    assert NEVER <= probability(prior, grid) <= ALWAYS


@given(st.lists(RATES, min_size=1, max_size=5), RATES)
def test_more_faults_never_make_a_part_less_probable(rates: list[float], leak: float) -> None:
    together = any_of(rates, leak)
    assert max(rates) - 1e-9 <= together <= ALWAYS
    assert together == pytest.approx(any_of(list(reversed(rates)), leak))


WHERE = st.tuples(st.sampled_from([A5, A6, B1, "phone"]), st.sampled_from(list(ABOVE)), st.sampled_from(["", SCREEN]))
HISTORY = st.lists(WHERE, max_size=40).map(
    lambda told: [(product, (fault,), parts, 1) for product, fault, parts in told]
)


@given(HISTORY, st.sampled_from(list(ABOVE)), st.sampled_from([A5, A6, "phone/new"]))
@settings(max_examples=80, deadline=None)
def test_one_more_repair_that_used_the_part_never_speaks_against_it(
    history: list[tuple[str, tuple[str, ...], str, int]], fault: str, product: str
) -> None:
    before = chance(ask(fault, product=product), repaired(*history), SCREEN, None)
    with_it = chance(ask(fault, product=product), repaired(*history, (product, (fault,), SCREEN, 1)), SCREEN, None)
    without = chance(ask(fault, product=product), repaired(*history, (product, (fault,), "", 1)), SCREEN, None)
    assert without <= before + 1e-9 <= with_it + 2e-9


@given(HISTORY)
@settings(max_examples=80, deadline=None)
def test_every_repair_is_counted_in_exactly_one_cell(history: list[tuple[str, tuple[str, ...], str, int]]) -> None:
    counts = repaired(*history)
    levels, columns = ("*", "phone", "phone/aurora", A5), ("*", "D", "D-1")
    once = shells([[counts.seen(level, column, SCREEN) for column in columns] for level in levels])
    assert sum(seen.repairs for row in once for seen in row) == len(history)
    assert sum(seen.used for row in once for seen in row) == sum(parts == SCREEN for _, _, parts, _ in history)
