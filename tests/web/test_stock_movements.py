"""All movements on one page: found by what the address says, page by page, and taken out as a file just so."""

import csv
import datetime as dt
import io
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import desk, movements, services
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.locations import SCRAP, WAREHOUSE, van_of
from mendloop.inventory.models import Part, StockEntry, StockMovement
from mendloop.inventory.movements import Wanted
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import put_up
from mendloop.testing.visitor import Visitor
from openpyxl import load_workbook
from sqlalchemy import event, select
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
    assert [row[3] for row in sheet.iter_rows(values_only=True)] == ["Number", "P-2"]


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


def everything(session: Session, cast: Cast, wanted: Wanted) -> set[tuple[str, int]]:
    """What is looked for, found the plain way."""
    statement = select(StockEntry, StockMovement).join(
        StockMovement,
        (StockMovement.organisation_id == StockEntry.organisation_id) & (StockMovement.id == StockEntry.movement_id),
    )
    found = session.execute(statement.where(StockEntry.organisation_id == cast.stan.organisation_id)).all()
    return {
        (entry.part_id, entry.sequence)
        for entry, head in found
        if wanted.part_id in ("", entry.part_id)
        and wanted.place in ("", entry.from_location, entry.to_location)
        and wanted.order_id in ("", entry.order_id)
        and wanted.person_id in ("", head.by)
        and wanted.action in ("", head.action)
        and (wanted.since is None or head.booked_at >= wanted.since)
        and (wanted.until is None or head.booked_at < wanted.until)
    }


@pytest.fixture
def busy(session: Session, database: Database, cast: Cast, parts: list[Part]) -> list[dt.datetime]:
    """Sixty movements of several people, parts and orders; the moments between some of them."""
    van, moments = van_of(cast.ada.person_id), []
    with session_for(database, cast.sue) as other:
        for number in range(20):
            chosen = [Portion(parts[number % 3], 1_000), Portion(parts[(number + 1) % 3], 2_000)]
            with write_transaction(session):
                desk.move(session, cast.stan, chosen, WAREHOUSE, van)
            with write_transaction(other):
                desk.issue(other, cast.sue, f"order-{number % 2}", chosen[:1], van)
            with write_transaction(session):
                desk.move(session, cast.stan, chosen[1:], van, SCRAP if number % 5 == 0 else WAREHOUSE)
            if number % 6 == 0:
                time.sleep(0.003)
                moments.append(dt.datetime.now(dt.UTC))
                time.sleep(0.003)
    return moments


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), size=st.integers(1, 7), most=st.sampled_from([1, 5, 10_000]))
def test_page_after_page_all_that_is_wanted_comes_once_the_newest_first(
    session: Session,
    cast: Cast,
    parts: list[Part],
    busy: list[dt.datetime],
    data: st.DataObject,
    size: int,
    most: int,
) -> None:
    """However few entries are looked at for one page."""
    moment = st.none() | st.sampled_from(busy)
    wanted = Wanted(
        part_id=data.draw(st.sampled_from(["", "", parts[0].id])),
        place=data.draw(st.sampled_from(["", "", WAREHOUSE, van_of(cast.ada.person_id), SCRAP])),
        order_id=data.draw(st.sampled_from(["", "", "order-1"])),
        person_id=data.draw(st.sampled_from(["", "", cast.stan.person_id, cast.sue.person_id])),
        action=data.draw(st.sampled_from(["", "", "moved", "scrapped"])),
        since=data.draw(moment),
        until=data.draw(moment),
    )
    paged, before = [], ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(movements, "MOST_SEEN", most)
        while True:
            page = movements.page_of_movements(session, cast.stan, wanted, before, size)
            paged += [(moved.entry.movement_id, moved.part.id, moved.entry.sequence) for moved in page.entries]
            if not (before := page.before):
                break
    assert {key[1:] for key in paged} == everything(session, cast, wanted)
    assert len(set(paged)) == len(paged)
    assert paged == sorted(paged, reverse=True)
    whole = [moved for some in movements.all_movements(session, cast.stan, wanted) for moved in some]
    assert [(moved.movement.id, moved.entry.part_id, moved.entry.sequence) for moved in whole] == paged


def test_no_way_of_asking_reads_or_sorts_the_whole_ledger(
    session: Session, database: Database, cast: Cast, parts: list[Part], busy: list[dt.datetime]
) -> None:
    """Also when the database has counted what there is, and believes that another way is shorter."""
    if not database.is_sqlite:
        pytest.skip("the plan is SQLite's own")
    with closing(sqlite3.connect(database.engine.url.database or "")) as raw:
        raw.execute("ANALYZE")
        raw.commit()
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *about: asked.append((about[2], about[3])))
    person, van = cast.stan.person_id, van_of(cast.ada.person_id)
    ways = [Wanted(), Wanted(part_id=parts[0].id), Wanted(place=van), Wanted(person_id=person), Wanted(action="moved")]
    ways += [Wanted(since=busy[0], until=busy[1]), Wanted(part_id=parts[0].id, person_id=person, place=van)]
    for wanted in ways:
        session.rollback()
        movements.page_of_movements(session, cast.stan, wanted)
    for statement, values in [each for each in asked if "LIMIT" in each[0]]:
        with closing(sqlite3.connect(database.engine.url.database or "")) as raw:
            plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
        assert not [step for step in plan if step.startswith("SCAN")], (statement, plan)
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan, (statement, plan)


def test_where_little_is_found_the_page_says_how_to_look_on(
    session: Session,
    visit: Visit,
    cast: Cast,
    parts: list[Part],
    busy: list[dt.datetime],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(movements, "MOST_SEEN", 5)
    monkeypatch.setattr(movements, "PAGE", 2)
    page = visit(cast.stan).get(f"/stock/movements?place={WAREHOUSE}&action=received").text
    assert "Look further back" in page
    for _ in range(60):
        if rows_on(page):
            break
        page = visit(cast.stan).get(unescape(re.findall(r'href="(/stock/movements\?before=[^"]+)"', page)[-1])).text
    assert len(rows_on(page)) > 0
