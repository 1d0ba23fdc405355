"""All movements on one page: found by what the address says, page by page, and taken out as a file just so."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.inventory import desk, movements, services
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.locations import SCRAP, WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.movements import Wanted
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import put_up
from mendloop.testing.visitor import Visitor
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def parts(session: Session, cast: Cast) -> list[Part]:
    with write_transaction(session):
        made = [services.create_part(session, cast.stan, f"P-{number}", {"en": f"Part {number}"}) for number in "123"]
        for part in made:
            desk.receive(session, cast.stan, Portion(part, 100_000), 100_00)
    return made


def rows_on(page: str) -> list[str]:
    return re.findall(r'<tr>\s*<td data-label="When">.*?</tr>', page, re.DOTALL)


def test_every_filter_stands_in_the_address_and_leaves_just_that_in_the_file(
    session: Session, visit: Visit, cast: Cast, database: Database, parts: list[Part]
) -> None:
    order = put_up(database, cast).open_order()
    with session_for(database, cast.sue) as own, write_transaction(own):
        desk.issue(own, cast.sue, order, [Portion(parts[0], 2_000)], WAREHOUSE)
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(parts[1], 1_000)], WAREHOUSE, SCRAP, Slip(reason="broken"))
        desk.move(session, cast.stan, [Portion(parts[0], 1_000)], WAREHOUSE, van_of(cast.ada.person_id))
    number = re.search(r">(\w+-\d+)<", visit(cast.sue).get("/orders/").text)
    assert number is not None
    today = dt.datetime.now(dt.UTC).date()
    found = {
        "": 7,
        "part=p-1": 3,
        f"place={WAREHOUSE}": 7,
        f"place={van_of(cast.ada.person_id)}": 1,
        f"order={number[1]}": 1,
        f"person={cast.sue.person_id}": 2,
        "action=scrapped": 1,
        "part=P-1&action=received": 1,
        f"place={WAREHOUSE}&person={cast.sue.person_id}&action=issued&part=P-1&order={number[1]}": 1,
        f"from={today - dt.timedelta(2)}&to={today + dt.timedelta(2)}": 7,
        f"from={today - dt.timedelta(9)}&to={today - dt.timedelta(5)}": 0,
        f"from={today + dt.timedelta(5)}": 0,
    }
    stan = visit(cast.stan)
    for query, many in found.items():
        page = stan.get(f"/stock/movements?{query}")
        assert (page.status_code, len(rows_on(page.text))) == (200, many), query
        file = stan.get(f"/stock/export/movements.csv?{query}").data.decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(file, newline="")))) == many + 1, query
    sheet = load_workbook(io.BytesIO(stan.get("/stock/export/movements.xlsx?action=scrapped").data)).worksheets[0]
    assert [row[4] for row in sheet.iter_rows(values_only=True)] == ["Number", "P-2"]


def test_what_nothing_is_called_is_said_and_no_file_pretends(visit: Visit, cast: Cast, parts: list[Part]) -> None:
    page = visit(cast.stan).get("/stock/movements?part=NO-SUCH&order=NO-1")
    assert "NO-SUCH" in page.text
    assert "NO-1" in page.text
    assert rows_on(page.text) == []
    assert visit(cast.stan).get("/stock/export/movements.csv?part=NO-SUCH").status_code == 422
    for wrong in ("before=x", "before=a~b~c", "from=yesterday", "before=" + "9" * 500):
        assert visit(cast.stan).get(f"/stock/movements?{wrong}").status_code == 400


def test_who_may_not_know_what_stock_is_worth_does_not_see_them(visit: Visit, cast: Cast, parts: list[Part]) -> None:
    for actor in (cast.ada, cast.dee):
        assert visit(actor).get("/stock/movements").status_code == 403
    assert len(rows_on(visit(cast.vera).get("/stock/movements").text)) == 3
    assert rows_on(visit(cast.cy).get("/stock/movements").text) == []


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    moves=st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=12),
    size=st.integers(1, 5),
    by_part=st.booleans(),
    by_place=st.booleans(),
)
def test_page_after_page_everything_comes_once_the_newest_first(
    session: Session,
    cast: Cast,
    parts: list[Part],
    moves: list[tuple[int, bool]],
    size: int,
    by_part: bool,
    by_place: bool,
) -> None:
    van = van_of(cast.ada.person_id)
    with write_transaction(session):
        for chosen, is_back in moves:
            portion = [Portion(parts[chosen], 1_000), Portion(parts[(chosen + 1) % 3], 1_000)]
            desk.move(session, cast.stan, portion, WAREHOUSE, van)
            if is_back:
                desk.move(session, cast.stan, portion, van, WAREHOUSE)
    wanted = Wanted(part_id=parts[0].id if by_part else "", place=van if by_place else "")
    whole = [row for some in movements.all_movements(session, cast.stan, wanted) for row in some]
    paged, before = [], ""
    while True:
        page = movements.page_of_movements(session, cast.stan, wanted, before, size)
        paged += page.entries
        if not (before := page.before):
            break
    assert [tuple(row) for row in paged] == [tuple(row) for row in whole]
    keys = [(row.movement_id, row.part_id, row.sequence) for row in whole]
    assert len(set(keys)) == len(keys)
    assert keys == sorted(keys, reverse=True) or by_part
    query = "SELECT count(*) FROM stock_entries WHERE organisation_id = :own"
    query += " AND part_id = :part" if by_part else ""
    query += " AND (from_location = :place OR to_location = :place)" if by_place else ""
    values = {"own": cast.stan.organisation_id, "part": parts[0].id, "place": van}
    expected = session.connection().execute(text(query), {k: v for k, v in values.items() if f":{k}" in query}).scalar()
    assert len(keys) == expected


def test_no_filter_reads_the_whole_ledger(session: Session, cast: Cast, parts: list[Part]) -> None:
    """Every way of asking is answered from an index, in order: nothing is sorted but what one movement has."""
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's own")
    ways = [
        Wanted(),
        Wanted(part_id=parts[0].id),
        Wanted(place=WAREHOUSE),
        Wanted(order_id=new_id()),
        Wanted(person_id=cast.stan.person_id),
        Wanted(action="received"),
        Wanted(since=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), until=dt.datetime(2026, 2, 1, tzinfo=dt.UTC)),
    ]
    for wanted in ways:
        for statement in movements._statements(cast.stan, wanted):
            compiled = statement.limit(51).compile(session.get_bind(), compile_kwargs={"literal_binds": True})
            plan = [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")]
            assert not [step for step in plan if step.startswith("SCAN")], (wanted, plan)
            if not wanted.order_id:  # one order's entries are few
                assert not [step for step in plan if step == "USE TEMP B-TREE FOR ORDER BY"], (wanted, plan)
