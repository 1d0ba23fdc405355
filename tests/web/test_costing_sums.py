"""Whatever an order costs, and whoever pays: every sum is the sum of its lines, to the cent."""

import datetime as dt
import random
import time
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mendloop.costing.book import CHARGED, PAYERS, Book, Coverage, Price, Settings
from mendloop.costing.facts import EXTRA, TERMS, Fact
from mendloop.costing.margins import Margin
from mendloop.costing.material import Material, PartUse
from mendloop.costing.models import CostFact
from mendloop.costing.rates import RateCard
from mendloop.costing.sheet import make_sheet
from mendloop.costing.worth import Worth
from mendloop.inventory.services import Part, StockLine
from mendloop.testing.cost_shop import TEMPLATE
from mendloop.work_orders.clocked import KINDS, Clocked
from mendloop_engine.canonical import canonical_text
from mendloop_engine.plan import Plan
from mendloop_engine.template import Template, compile_plan, parse_template
from mendloop_engine.time import parse_day

FIRST = dt.date(2026, 1, 1)
BASE = 1_795_000_000_000
MINUTES = 7 * 60_000
VISITS = ("travel_out#1", "repair#1", "repair#2")


def _plan() -> Plan:
    template = parse_template(TEMPLATE)
    assert isinstance(template, Template)
    return compile_plan(template)


PLAN = _plan()
amounts = st.integers(0, 10**9)
points = st.integers(0, 10_000)


def fact(number: int, kind: str, data: dict[str, Any]) -> Fact:
    said = CostFact(id=str(number), said_by="sue", said_at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC), why="because")
    return Fact(number, str(number), kind, f"key-{number}", data, said)


@st.composite
def materials(draw: st.DrawFn) -> Material:
    clocked = [
        Clocked(person, kind, visit, BASE + start * 1000, BASE + (start + length) * 1000, (number,))
        for number, (person, kind, visit, start, length) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(("ada", "bo")), st.sampled_from(KINDS), st.sampled_from(VISITS),
                        st.integers(0, 200_000), st.integers(1, 40_000),
                    ),
                    max_size=6,
                )
            )
        )
    ]  # fmt: skip
    parts = [
        PartUse(
            visit, f"P-{number}", {"en": "Part"}, "pcs", how, milli, value, FIRST, frozenset({f"movement:{number}"})
        )
        for number, (visit, how, milli, value) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(VISITS), st.sampled_from(("used", "explained")), st.integers(1, 9_999), amounts
                    ),
                    max_size=4,
                )
            )
        )
    ]
    extras = [
        fact(number, EXTRA, {"kind": "other", "name": "x", "amount": cost, "price": price, "day": "2026-11-20"})
        for number, (cost, price) in enumerate(draw(st.lists(st.tuples(amounts, st.none() | amounts), max_size=3)))
    ]
    terms = fact(99, TERMS, {"points": draw(points), "fixed": draw(amounts)})
    return Material(
        number="2026-00001",
        customer="Mill",
        status="ended",
        opened=FIRST,
        order={"warranty": draw(st.booleans()), "product": "pump/ns-40", "fault_codes": ["P-11"]},
        plan=PLAN,
        book=draw(books()),
        zone=ZoneInfo("Asia/Shanghai"),
        clocked=tuple(clocked),
        parts=tuple(parts),
        facts=(*extras, terms),
        day_sources={},
    )


@st.composite
def books(draw: st.DrawFn) -> Book:
    laid_down = Settings(
        overhead_points=draw(points),
        overhead_fixed=draw(amounts),
        markup_points=draw(points),
        tax_points=draw(points),
        overtime="4/3",
    )
    cards = [RateCard("c", "cost", draw(amounts), FIRST), RateCard("p", "price", draw(amounts), FIRST, kind="work")]
    prices = [Price("1", "P-1", draw(amounts), FIRST)]
    rules = [
        Coverage(str(number), "rule", (kind,), draw(st.sampled_from(PAYERS)), draw(points), draw(st.booleans()))
        for number, kind in enumerate(draw(st.lists(st.sampled_from(CHARGED), max_size=4)))
    ]
    return Book(laid_down, "", {}, tuple(cards), tuple(prices), tuple(rules))


@settings(max_examples=80, deadline=None)
@given(materials())
def test_every_sum_is_the_sum_of_its_lines(material: Material) -> None:
    sheet = make_sheet(material)
    lines, totals = cast("list[dict[str, Any]]", sheet["lines"]), sheet["totals"]
    assert all(line["customer"] + line["manufacturer"] + line["us"] == line["price"] for line in lines)
    assert all(line["price"] >= 0 <= line["customer"] for line in lines)
    for name in ("cost", "price", "manufacturer", "us"):
        assert totals[name] == sum(line[name] for line in lines)
    assert totals["cost"] == sum(totals[f"cost_{kind}"] for kind in ("labour", "part", "extra", "overhead"))
    assert totals["gross"] == totals["price"] - totals["manufacturer"] - totals["us"]
    assert 0 <= totals["customer"] == totals["gross"] - totals["discount"]
    assert totals["margin"] == totals["customer"] + totals["manufacturer"] - totals["cost"]
    by_step = sum(step["labour"] + step["parts"] for step in sheet["steps"])
    assert by_step == totals["cost_labour"] + totals["cost_part"]


@settings(max_examples=40, deadline=None)
@given(materials(), st.integers())
def test_the_order_in_which_facts_come_changes_nothing(material: Material, seed: int) -> None:
    shuffled = list(material.clocked)
    random.Random(seed).shuffle(shuffled)
    other = Material(**{name: getattr(material, name) for name in Material.__slots__} | {"clocked": tuple(shuffled)})
    assert canonical_text(make_sheet(other)) == canonical_text(make_sheet(material))


@pytest.mark.parametrize(("minutes", "cost"), [(120, 24_000), (121, 24_000), (30, 6_000)])
def test_a_wait_is_cut_at_what_is_paid(minutes: int, cost: int) -> None:
    start = 1_795_158_000_000  # Friday 2026-11-20, 15:00 in Shanghai
    assert dt.datetime.fromtimestamp(start / 1000, ZoneInfo("Asia/Shanghai")).isoformat() == "2026-11-20T15:00:00+08:00"
    clocked = Clocked("ada", "waiting", "repair#1", start, start + minutes * 60_000, (1,))
    book = Book(Settings(), "", {}, (RateCard("c", "cost", 12_000, FIRST),), (), ())
    material = Material("1", "", "ended", FIRST, {}, PLAN, book, ZoneInfo("Asia/Shanghai"), (clocked,), (), (), {})
    assert make_sheet(material)["totals"]["cost"] == cost


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("0001-01-01", "9999-12-31"),
        ("2026-01-01", "2026-03-01"),
        ("9999-12-30", "9999-12-31"),
        ("1969-12-31", "1970-01-01"),
    ],
)
def test_a_clock_that_cannot_be_right_is_left_out_and_said(start: str, end: str) -> None:
    first, last = (parse_day(day) for day in (start, end))
    assert first is not None
    assert last is not None
    clocked = Clocked("ada", "work", "repair#1", first, last, (1,))
    book = Book(Settings(), "", {}, (RateCard("c", "cost", 12_000, FIRST),), (), ())
    sheet = make_sheet(Material("1", "", "ended", FIRST, {}, PLAN, book, dt.UTC, (clocked,), (), (), {}))
    assert (sheet["totals"]["cost"], sheet["unbelievable"]) == (0, 1)


def test_what_planned_parts_are_worth_is_reckoned_without_floats() -> None:
    """A float keeps 53 bits: it would be a cent off."""
    line = StockLine(Part(number="P-1"), "warehouse", 1_000, 9_007_199_254_740_993)
    worth = Worth([line])
    assert (worth.of("P-1", 1_000), worth.of("P-2", 1_000)) == (9_007_199_254_740_993, None)
    thirds = Worth([StockLine(Part(number="P-1"), "warehouse", 3_000, 100)])
    assert [thirds.of("P-1", milli) for milli in (1_000, 1_500, 3_000)] == [33, 50, 100]


def test_a_share_of_the_revenue_is_rounded_alike_on_both_sides_of_nothing() -> None:
    shares = [Margin("", "", 1, 1_000 - margin, 1_000).permille for margin in (256, -256)]
    assert shares == [256, -256]
    assert [Margin("", "", 1, 3 - margin, 3).permille for margin in (1, -1)] == [333, -333]
    assert Margin("", "", 1, 5, 0).permille is None


def test_a_thousand_visits_are_worked_out_at_once() -> None:
    clocked = tuple(
        Clocked(
            f"person {number % 5}",
            KINDS[number % 3],
            f"repair#{number}",
            BASE + number * MINUTES,
            BASE + (number + 3) * MINUTES,
        )
        for number in range(1, 1001)
    )
    book = Book(Settings(), "", {}, (RateCard("c", "cost", 12_000, FIRST),), (), ())
    material = Material("1", "", "ended", FIRST, {}, PLAN, book, ZoneInfo("Asia/Shanghai"), clocked, (), (), {})
    began = time.process_time()
    assert len(make_sheet(material)["lines"]) > 900
    assert time.process_time() - began < 2
