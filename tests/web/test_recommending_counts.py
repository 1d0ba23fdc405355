"""What repairs used is counted as each order ends, and the same is counted again from the records."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from mendloop.cli import main
from mendloop.database import Database, run_write, session_for
from mendloop.database.schema import migrate
from mendloop.recommending import rows
from mendloop.recommending.rebuilding import counts_as_bytes, rebuild_counts
from mendloop.recommending.repairs import Place, Repair, Tally, Use, faults_counted, product_levels
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, PUMP, Phone, Workshop, finish_repair, inspect, put_up, work_to_repair
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from sqlalchemy import create_engine, text

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


def counted(database: Database, cast: Cast) -> tuple[dict[Place, int], dict[tuple[Place, str], Use]]:
    with session_for(database, cast.sue) as session:
        products, faults = product_levels(PUMP), faults_counted(["P-11"])
        area = rows.Area(cast.sue.organisation_id, "pump.quick", ["repair"], products, faults)
        return rows.read_repairs(session, area), rows.read_uses(session, area, [BEARING])


def mend(workshop: Workshop, visit: Visit, *, verdicts: tuple[str, ...] = ("accepted",)) -> str:
    """Play an order to its end; after each rejection it is repaired once more."""
    order = workshop.open_order(workshop.cast.ada)
    ada, ivy = Phone(visit(workshop.cast.ada)), Phone(visit(workshop.cast.ivy))
    work_to_repair(ada, order)
    for number, verdict in enumerate(verdicts, start=1):
        if number > 1:
            ada.do("StartStep", order, visit=f"repair#{number}")
        finish_repair(ada, order, f"repair#{number}")
        inspect(ivy, order, f"inspect#{number}", verdict)
    return order


def test_an_order_that_ends_counts_at_its_product_its_families_and_its_fault(
    database: Database, cast: Cast, workshop: Workshop, visit: Visit
) -> None:
    mend(workshop, visit)
    repairs, uses = counted(database, cast)
    products = ("*", "pump", "pump/centrifugal", PUMP)
    places = {Place("pump.quick", "repair", product, fault) for product in products for fault in ("*", "P-11")}
    assert repairs == dict.fromkeys(places, 1)
    assert {(place, part): use.used for (place, part), use in uses.items()} == {(each, BEARING): 1 for each in places}


def test_rework_counts_its_repair_once(database: Database, cast: Cast, workshop: Workshop, visit: Visit) -> None:
    mend(workshop, visit, verdicts=("rejected", "accepted"))
    repairs, uses = counted(database, cast)
    assert set(repairs.values()) == {1}
    assert {use.used for use in uses.values()} == {1}


def test_an_order_that_is_under_way_or_given_up_counts_for_nothing(
    database: Database, cast: Cast, workshop: Workshop, visit: Visit
) -> None:
    order = workshop.open_order(cast.ada)
    ada = Phone(visit(cast.ada))
    work_to_repair(ada, order)
    finish_repair(ada, order)
    assert counted(database, cast) == ({}, {})
    with session_for(database, cast.sue) as session:
        run_write(session, lambda: orders.cancel_work_order(session, cast.sue, order, "the pump was sold"))
    assert counted(database, cast) == ({}, {})


def test_counting_again_from_the_records_gives_the_same_bytes(
    database: Database, cast: Cast, workshop: Workshop, visit: Visit
) -> None:
    for verdicts in (("accepted",), ("rejected", "accepted"), ("accepted",)):
        mend(workshop, visit, verdicts=verdicts)
    workshop.open_order(cast.ada)
    with session_for(database, cast.sue) as session:
        before = counts_as_bytes(session, cast.sue)
        assert before != b"[[], []]"
        assert run_write(session, lambda: rebuild_counts(session, cast.sue)) == 3
        assert counts_as_bytes(session, cast.sue) == before


def test_the_operator_counts_again_for_every_organisation(
    database: Database, database_url: str, cast: Cast, workshop: Workshop, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend(workshop, visit)
    with session_for(database, cast.sue) as session:
        before = counts_as_bytes(session, cast.sue)
        run_write(session, lambda: rows.forget_counts(session, cast.sue.organisation_id))
    monkeypatch.setenv("MENDLOOP_DATABASE_URL", database_url)
    told = CliRunner().invoke(main, ["recommendations", "rebuild"], catch_exceptions=False)
    assert told.output == "Orders that were counted: 1\n"
    with session_for(database, cast.sue) as session:
        assert counts_as_bytes(session, cast.sue) == before


def test_the_most_recent_repair_is_the_one_that_ended_last(
    database: Database, cast: Cast, workshop: Workshop, visit: Visit
) -> None:
    mend(workshop, visit)
    last = mend(workshop, visit)
    with session_for(database, cast.sue) as session:
        order = orders.access_work_order(session, cast.sue, last)
        number, ended_at = order.number, order.ended_at
    _, uses = counted(database, cast)
    assert {(use.used, use.last_number, use.last_at) for use in uses.values()} == {(2, number, ended_at)}


def a_repair(number: int, drawn: dict[str, Any]) -> Repair:
    at = f"2026-10-{drawn['day']:02}T08:00:00.000Z"
    return Repair(f"2026-{number:05}", at, "t", drawn["product"], tuple(drawn["faults"]), {"mend": drawn["parts"]})


REPAIRS = st.lists(
    st.fixed_dictionaries({
        "day": st.integers(1, 3),
        "product": st.sampled_from(["pump", "pump/a", "pump/a/1", "fan"]),
        "faults": st.lists(st.sampled_from(["F-1", "F-2", "F-3"]), unique=True),
        "parts": st.frozensets(st.sampled_from(["P1", "P2", "P3"])),
    }),
    max_size=12,
)  # fmt: skip


@given(REPAIRS, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_repairs_end_makes_no_difference(drawn: list[dict[str, Any]], random: Any) -> None:
    repairs = [a_repair(number, each) for number, each in enumerate(drawn)]
    one, other = Tally(), Tally()
    for repair in repairs:
        one.add(repair)
    random.shuffle(repairs)
    for repair in repairs:
        other.add(repair)
    assert one == other
    for (place, _), use in one.uses.items():
        assert use.used <= one.repairs[place]


def test_counts_that_are_added_one_by_one_are_those_of_all_together(database: Database, cast: Cast) -> None:
    repairs = [
        a_repair(n, {"day": 1 + n * 7 % 5, "product": "pump/a", "faults": ["F-1", "F-2"], "parts": {f"P{n % 3}"}})
        for n in range(9)
    ]
    together = Tally()
    with session_for(database, cast.sue) as session:
        for repair in repairs:
            alone = Tally()
            alone.add(repair)
            together.add(repair)
            run_write(session, partial(rows.add_counts, session, cast.sue.organisation_id, alone))
        live = rows.all_counts(session, cast.sue.organisation_id)
    assert live == rows.as_rows(cast.sue.organisation_id, together)


def test_several_faults_are_counted_one_by_one_and_together() -> None:
    assert faults_counted(["F-2", "F-1"]) == ("*", "F-1", "F-2", "F-1+F-2")
    assert faults_counted([]) == ("*",)
    assert faults_counted([f"F-{n}" for n in range(9)])[-1] == "F-8"


def test_counts_of_one_organisation_are_nobody_elses(
    database: Database, cast: Cast, workshop: Workshop, visit: Visit
) -> None:
    mend(workshop, visit)
    with session_for(database, cast.cy) as session:
        assert rows.all_counts(session, cast.cy.organisation_id) == ([], [])


def test_an_older_installation_says_how_many_orders_it_has_counted_at_least(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'older.db'}"
    migrate(url, "0015")
    engine = create_engine(url)
    home = """INSERT INTO organisations (id, name, language, time_zone, is_demo, created_at)
    VALUES ('one', 'Old', 'en', 'UTC', false, '2026-01-01')"""
    count = """INSERT INTO repair_counts (organisation_id, template, node, product, fault, repairs)
    VALUES ('one', :template, :node, :product, '*', :repairs)"""
    counted = [("a", "first", "*", 7), ("a", "second", "*", 5), ("a", "first", "pump", 4), ("b", "only", "*", 3)]
    with engine.begin() as connection:
        connection.execute(text(home))
        names = ("template", "node", "product", "repairs")
        connection.execute(text(count), [dict(zip(names, each, strict=True)) for each in counted])
    migrate(url, "0016")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT organisation_id, orders, rebuilt_at FROM learning_states")).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [("one", 10, None)]
