"""What waits is told where people look: beside the navigation, at the desk, and on the slip that was just booked."""

import datetime as dt
import re
from collections.abc import Callable, Iterator

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import counts, desk, limits, services, transfers
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.locations import QUARANTINE, WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.services import PartFact
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import put_up
from mendloop.testing.visitor import Visitor
from sqlalchemy import event
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def seal(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"})
        desk.receive(session, cast.stan, Portion(part, 10_000), 10_00)
    return part


def disagree(database: Database, cast: Cast) -> None:
    with session_for(database, cast.ada) as session, write_transaction(session):
        fact = PartFact("GHOST-1", 2_000, "used")
        services.book_parts(session, cast.ada, cast.ada.person_id, "order-1", "repair#1", NOW, [fact])


def badge(page: str) -> str:
    """What stands beside Stock in the navigation."""
    found = re.search(r'<a href="/stock/".*?</a>', page, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split())


def test_open_discrepancies_are_told_beside_the_navigation_on_every_page(
    database: Database, visit: Visit, cast: Cast
) -> None:
    pages = {cast.sue: "/orders/", cast.stan: "/templates/", cast.olive: "/people/"}
    for actor, path in pages.items():
        assert badge(visit(actor).get(path).text) == "Stock"
    disagree(database, cast)
    for actor, path in pages.items():
        assert badge(visit(actor).get(path).text) == "Stock 1 1 discrepancy"
    for actor in (cast.dee, cast.vera):
        assert badge(visit(actor).get("/templates/").text) == "Stock"


def test_who_may_not_see_discrepancies_is_not_counted_for(database: Database, visit: Visit, cast: Cast) -> None:
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *about: asked.append(about[2]), named=False)
    for actor, expected in ((cast.stan, 1), (cast.dee, 0), (cast.vera, 0)):
        visitor = visit(actor)
        visitor.get("/templates/")
        asked.clear()
        visitor.get("/templates/")
        assert len([each for each in asked if "stock_discrepancies" in each]) == expected


def test_a_storekeeper_looks_at_discrepancies_and_leaves_the_word_to_who_judges(
    database: Database, visit: Visit, cast: Cast
) -> None:
    disagree(database, cast)
    page = visit(cast.stan).get("/stock/discrepancies").text
    assert "GHOST-1" in page
    assert 'name="note"' not in page
    assert 'name="note"' in visit(cast.sue).get("/stock/discrepancies").text


def test_the_first_page_of_a_storekeeper_is_the_desk(visit: Visit, cast: Cast) -> None:
    homes = {cast.stan: "/stock/desk", cast.sue: "/orders/", cast.ada: "/go", cast.dee: "/templates/"}
    for actor, home in homes.items():
        assert visit(actor).get("/").headers["Location"] == home


def test_the_desk_says_what_waits_and_leads_there(
    session: Session, database: Database, visit: Visit, cast: Cast, seal: Part
) -> None:
    stan, van = visit(cast.stan), van_of(cast.ada.person_id)
    assert "Nothing waits for you" in stan.get("/stock/desk").text
    put_up(database, cast)
    disagree(database, cast)
    with write_transaction(session):
        asked = transfers.ask(session, cast.stan, WAREHOUSE, van, {seal.id: 1_000})
        limits.set_limit(session, cast.stan, van, seal.id, 2_000, 4_000)
        desk.move(session, cast.stan, [Portion(seal, 1_000)], WAREHOUSE, QUARANTINE)
        counts.open_count(session, cast.stan, WAREHOUSE)
    page = stan.get("/stock/desk").text
    section = page[page.index('id="waits"') : page.index('class="desk-acts"')]
    told = dict(re.findall(r'<a href="([^"]+)"><span><strong>([^<]+)</strong>', section))
    assert told == {
        f"/stock/transfers/{asked.id}": "Transfer to send",
        "/stock/vans": "Place to fill up",
        "/stock/desk/decide?source=quarantine": "Part in quarantine to decide on",
        "/stock/discrepancies": "Discrepancy",
        "/stock/counts": "Count that was begun",
    }
    for path in told:
        assert stan.get(path).status_code == 200, path


def test_what_was_received_and_is_held_says_for_which_order(
    session: Session, database: Database, visit: Visit, cast: Cast, seal: Part
) -> None:
    order = put_up(database, cast).open_order()
    with write_transaction(session):
        posted = desk.receive(session, cast.stan, Portion(seal, 5_000), 5_00, WAREHOUSE, Slip("receipt-of-the-test"))
        services.reserve_part(session, cast.stan, order, seal.id, 3_000, [WAREHOUSE])
    stan = visit(cast.stan)
    page = stan.get(f"/stock/movements/{posted.movement_id}?next=receive").text
    notice = page[page.index("Put aside") :]
    assert f"/orders/{order}/parts" in notice
    assert "<strong>3</strong> pcs" in notice
    assert "Put aside" not in stan.get(f"/stock/movements/{posted.movement_id}").text
