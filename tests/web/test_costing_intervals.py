"""Overlaps counted once, borders of time, rates: against minute by minute counting, and by hand."""

import datetime as dt
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mendloop.costing.intervals import DayKind, Kind, Span, TimeClass, WorkingTime, once, pieces
from mendloop.costing.money import half_even, parse_amount, parse_factor, parse_percent, share, write_amount
from mendloop.costing.rates import Case, LabourLine, RateCard, find_card, labour_lines

MINUTE = 60_000
BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = ((9 * 60, 12 * 60), (13 * 60, 18 * 60))
WEEK = dict.fromkeys(range(5), OFFICE)
FACTORS: dict[TimeClass, Fraction] = {
    "regular": Fraction(1), "overtime": Fraction(3, 2), "rest_day": Fraction(2), "holiday": Fraction(3)
}  # fmt: skip
EVERYBODY = RateCard("all", "cost", 12_345, dt.date(2026, 1, 1))
ADA = RateCard("ada", "cost", 20_001, dt.date(2026, 1, 1), person="ada")
WAITING = RateCard("waiting", "cost", 6_667, dt.date(2026, 1, 1), kind="waiting")
LATER = RateCard("later", "cost", 13_000, dt.date(2026, 3, 29))
CARDS = (EVERYBODY, ADA, WAITING, LATER)
KINDS: tuple[Kind, ...] = ("work", "travel", "waiting")


def at(text: str, zone: dt.tzinfo = SHANGHAI, fold: int = 0) -> int:
    local = dt.datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)
    return int(local.timestamp()) * 1000


def calendar(zone: dt.tzinfo, days: dict[dt.date, DayKind] | None = None) -> WorkingTime:
    return WorkingTime(zone, WEEK, days or {})


# Around both nights when the clock changes in Berlin, and around New Year.
BASES = [at("2026-03-28T16:00", BERLIN), at("2026-10-24T16:00", BERLIN), at("2026-12-31T08:00", BERLIN)]
special: dict[dt.date, DayKind] = {dt.date(2027, 1, 1): "holiday", dt.date(2026, 10, 25): "workday"}
BERLIN_TIME = calendar(BERLIN, special)


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    base = draw(st.sampled_from(BASES))
    found = []
    for _ in range(draw(st.integers(1, 6))):
        start = base + draw(st.integers(0, 1500)) * MINUTE
        length = draw(st.integers(1, 900)) * MINUTE
        person, kind = draw(st.sampled_from(["ada", "bo"])), draw(st.sampled_from(KINDS))
        found.append(Span(person, kind, draw(st.sampled_from(["a#1", "b#1", "c#1"])), start, start + length))
    return found


def lines(given_: list[Span]) -> list[LabourLine]:
    return labour_lines(pieces(once(given_), BERLIN_TIME), CARDS, FACTORS, {})


def naive(given_: list[Span]) -> dict[tuple[str, str, str, str], Fraction]:
    """Every minute of every person by itself: who bears it, what the clock on the wall says, what it costs."""
    began = {(span.person, span.visit): 0 for span in given_}
    for person, visit in began:
        began[person, visit] = min(span.start for span in given_ if (span.person, span.visit) == (person, visit))
    sums: dict[tuple[str, str, str, str], Fraction] = {}
    for person in {span.person for span in given_}:
        mine = [span for span in given_ if span.person == person]
        for minute in range(min(it.start for it in mine), max(it.end for it in mine), MINUTE):
            here = [it for it in mine if it.start <= minute < it.end]
            if not here:
                continue
            bears = min(here, key=lambda it: (KINDS.index(it.kind), began[person, it.visit], it.visit))
            wall = dt.datetime.fromtimestamp(minute // 1000, BERLIN)
            kind = special.get(wall.date()) or ("workday" if wall.weekday() < 5 else "rest_day")
            is_open = any(first <= wall.hour * 60 + wall.minute < last for first, last in OFFICE)
            class_ = kind if kind != "workday" else "regular" if is_open else "overtime"
            card = ADA if person == "ada" else WAITING if bears.kind == "waiting" else EVERYBODY
            card = LATER if card is EVERYBODY and wall.date() >= LATER.since else card
            key = (bears.visit, person, bears.kind, class_)
            sums[key] = sums.get(key, Fraction(0)) + Fraction(card.per_hour, 60) * FACTORS[class_]
    return sums


@settings(max_examples=60, deadline=None)
@given(spans())
def test_every_minute_is_paid_once_and_at_its_own_price(given_: list[Span]) -> None:
    expected = {key: half_even(exact) for key, exact in naive(given_).items()}
    assert {(it.visit, it.person, it.kind, it.time_class): it.amount for it in lines(given_)} == expected


@settings(max_examples=60, deadline=None)
@given(spans(), st.randoms(use_true_random=False))
def test_the_order_in_which_intervals_come_does_not_matter(given_: list[Span], random: object) -> None:
    shuffled = sorted(given_, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert lines(shuffled) == lines(given_)


@settings(max_examples=60, deadline=None)
@given(spans(), st.integers(0, 5), st.integers(1, 899))
def test_an_interval_in_two_halves_costs_what_it_cost_whole(given_: list[Span], which: int, minute: int) -> None:
    span = given_[which % len(given_)]
    cut = min(span.start + minute * MINUTE + 1, span.end)
    halves = [Span(span.person, span.kind, span.visit, *ends) for ends in ((span.start, cut), (cut, span.end))]
    assert lines([*given_, *halves]) == lines(given_)
    assert lines([*(each for each in given_ if each is not span), *halves]) == lines(given_)


@settings(max_examples=60, deadline=None)
@given(spans())
def test_time_is_neither_lost_nor_made_by_cutting(given_: list[Span]) -> None:
    disjoint = once(given_)
    covered = {(it.person, minute) for it in given_ for minute in range(it.start, it.end, MINUTE)}
    assert sum(it.end - it.start for it in disjoint) == len(covered) * MINUTE
    assert sum(piece.ms for piece in pieces(disjoint, BERLIN_TIME)) == len(covered) * MINUTE
    assert sum(line.ms for line in lines(given_)) == len(covered) * MINUTE


def test_two_steps_at_the_same_time_are_paid_once_to_the_one_that_began_first() -> None:
    first = Span("ada", "work", "b#1", at("2026-11-23T09:00"), at("2026-11-23T10:00"))
    second = Span("ada", "work", "a#1", at("2026-11-23T09:30"), at("2026-11-23T10:30"))
    assert [(it.visit, (it.end - it.start) // MINUTE) for it in once([second, first])] == [("b#1", 60), ("a#1", 30)]


def test_work_comes_before_travel_and_travel_before_waiting() -> None:
    start, end = at("2026-11-23T09:00"), at("2026-11-23T12:00")
    waiting = Span("ada", "waiting", "a#1", start, end)
    travel = Span("ada", "travel", "b#1", start + 60 * MINUTE, end)
    work = Span("ada", "work", "c#1", start + 120 * MINUTE, end)
    assert [(it.kind, it.start) for it in once([waiting, travel, work])] == [
        ("waiting", start), ("travel", start + 60 * MINUTE), ("work", start + 120 * MINUTE)
    ]  # fmt: skip


def test_an_evening_is_cut_where_overtime_begins_and_at_midnight() -> None:
    span = Span("ada", "work", "a#1", at("2026-11-20T17:00"), at("2026-11-21T01:00"))  # Friday into Saturday
    found = [(piece.time_class, piece.ms // MINUTE) for piece in pieces([span], calendar(SHANGHAI))]
    assert found == [("regular", 60), ("overtime", 360), ("rest_day", 60)]


def test_holidays_and_make_up_workdays_are_what_the_calendar_says() -> None:
    days: dict[dt.date, DayKind] = {dt.date(2026, 10, 1): "holiday", dt.date(2026, 10, 10): "workday"}
    time = calendar(SHANGHAI, days)
    assert time.class_at(at("2026-10-01T10:00"))[0] == "holiday"
    assert time.class_at(at("2026-10-10T10:00"))[0] == "regular"  # a Saturday that was made a workday
    assert time.class_at(at("2026-10-10T12:30"))[0] == "overtime"
    assert time.class_at(at("2026-10-11T10:00"))[0] == "rest_day"


def test_the_night_when_the_clock_goes_back_has_an_hour_more() -> None:
    night = WorkingTime(BERLIN, dict.fromkeys(range(7), ((0, 150),)), {})  # regular until 02:30
    span = Span("ada", "work", "a#1", at("2026-10-25T01:00", BERLIN), at("2026-10-25T04:00", BERLIN))
    found = [(piece.time_class, piece.ms // MINUTE) for piece in pieces([span], night)]
    assert found == [("regular", 90), ("overtime", 30), ("regular", 30), ("overtime", 90)]


def test_the_night_when_the_clock_goes_forward_has_an_hour_less() -> None:
    night = WorkingTime(BERLIN, dict.fromkeys(range(7), ((0, 150),)), {})
    span = Span("ada", "work", "a#1", at("2026-03-29T01:00", BERLIN), at("2026-03-29T04:00", BERLIN))
    found = [(piece.time_class, piece.ms // MINUTE) for piece in pieces([span], night)]
    assert found == [("regular", 60), ("overtime", 60)]  # 02:30 was never: the clock went from 02:00 to 03:00


def test_labour_by_hand() -> None:
    """Friday 17:10 to 18:20 at 120.00 an hour: 50 min regular = 100.00, 20 min at 1.5 = 60.00."""
    card = RateCard("one", "cost", 12_000, dt.date(2026, 1, 1))
    span = Span("ada", "work", "a#1", at("2026-11-20T17:10"), at("2026-11-20T18:20"))
    found = labour_lines(pieces([span], calendar(SHANGHAI)), [card], FACTORS, {})
    assert [(line.time_class, line.amount) for line in found] == [("overtime", 6_000), ("regular", 10_000)]


def test_the_most_special_card_wins_and_then_the_newest() -> None:
    case = Case("ada", "welder", "Mill", "work", dt.date(2026, 11, 23))
    first = dt.date(2026, 1, 1)
    customer = RateCard("customer", "cost", 3, first, customer="Mill")
    skill = RateCard("skill", "cost", 4, first, skill="welder")
    newer = RateCard("newer", "cost", 5, dt.date(2026, 6, 1))
    over = RateCard("over", "cost", 6, dt.date(2026, 7, 1), until=dt.date(2026, 7, 31))
    assert find_card([EVERYBODY, ADA, customer, skill, newer], case) is ADA
    assert find_card([EVERYBODY, customer, skill, newer], case) is customer
    assert find_card([EVERYBODY, skill, newer], case) is skill
    assert find_card([EVERYBODY, newer, over], case) is newer
    assert find_card([RateCard("other", "cost", 9, first, person="bo")], case) is None


def test_time_without_a_rate_has_no_amount() -> None:
    span = Span("ada", "work", "a#1", at("2026-11-20T10:00"), at("2026-11-20T11:00"))
    (found,) = labour_lines(pieces([span], calendar(SHANGHAI)), [], FACTORS, {})
    assert (found.amount, found.ms) == (None, 60 * MINUTE)


@pytest.mark.parametrize(
    ("text", "exponent", "minor"),
    [("12.5", 2, 1250), ("1,234.50", 2, 123450), ("7", 0, 7), ("7.5", 0, None), ("0.001", 3, 1), ("1.005", 2, None),
     ("-3", 2, -300), ("1e3", 2, None), ("", 2, None), ("１２", 2, 1200), ("1,5", 2, None), ("12.50元", 2, None)],
)  # fmt: skip
def test_amounts_are_read_exactly_or_not_at_all(text: str, exponent: int, minor: int | None) -> None:
    assert parse_amount(text, exponent) == minor


@given(st.integers(-(10**14), 10**14), st.sampled_from([0, 2, 3]))
def test_an_amount_that_was_written_is_read_back(minor: int, exponent: int) -> None:
    assert parse_amount(write_amount(minor, exponent), exponent) == minor


def test_halves_go_to_the_even_neighbour() -> None:
    assert [half_even(Fraction(number, 2)) for number in (1, 3, 5, -1, -3)] == [0, 2, 2, 0, -2]
    assert share(1_250, 1_300) == 162  # 162.5
    assert parse_factor("4/3") == Fraction(4, 3)
    assert parse_factor("1.5") == Fraction(3, 2)
    assert [parse_factor(text) for text in ("0", "-1", "x", "1/0", "101")] == [None] * 5
    assert [parse_percent(text) for text in ("13", "6.5%", "-1", "x")] == [1300, 650, None, None]
