"""Where the field and stock disagree, a supervisor looks and says what it was."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.inventory import desk, services, transfers
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.services import PartFact
from mendloop.order_parts.missing import missing_parts
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, put_up
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
TOLD = '<span class="badge">1</span>'
"""Beside the tab of differences."""
FINE = {"verdict": "accepted", "note": "fine"}


@pytest.fixture
def task(database: Database, cast: Cast) -> str:
    """The id of a task: Ada used a part that nobody knew."""
    now = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
    with session_for(database, cast.ada) as session, write_transaction(session):
        fact = PartFact("GHOST-1", 2_000, "used")
        services.book_parts(session, cast.ada, cast.ada.person_id, "order-1", "repair#1", now, [fact])
        ((found, _),) = services.open_discrepancies(session, cast.ada)
        return found.id


def test_a_supervisor_sees_how_many_wait_and_settles_them_with_a_word(visit: Visit, cast: Cast, task: str) -> None:
    sue = visit(cast.sue)
    assert TOLD in sue.get("/stock/").text
    page = sue.get("/stock/discrepancies").text
    assert "GHOST-1" in page
    assert "2 pcs came from nowhere" in page
    path = f"/stock/discrepancies/{task}"
    refused = sue.submit(path, {"note": " "})
    assert refused.status_code == 422
    assert "Choose whether" in refused.text
    assert "Say why" in refused.text
    assert sue.get(path).status_code == 200
    assert sue.submit(path, {"verdict": "accepted", "note": "bought on the way"}).status_code == 302
    assert TOLD not in sue.get("/stock/").text
    assert "bought on the way" in sue.get("/stock/discrepancies").text
    assert sue.submit(path, {"verdict": "accepted", "note": "again"}).status_code == 409


def test_nobody_else_settles_them(visit: Visit, cast: Cast, task: str) -> None:
    for actor in (cast.ada, cast.stan, cast.vera):
        assert visit(actor).get("/stock/discrepancies").status_code == (200 if actor is cast.stan else 403)
        assert visit(actor).submit(f"/stock/discrepancies/{task}", FINE).status_code == 403
    assert TOLD not in visit(cast.vera).get("/stock/").text
    assert visit(cast.cy).submit(f"/stock/discrepancies/{task}", FINE).status_code == 404


@pytest.fixture
def seals(database: Database, cast: Cast) -> Part:
    """Seven of them in Ada's van, for 10.00 each."""
    with session_for(database, cast.stan) as session, write_transaction(session):
        part = services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"})
        desk.receive(session, cast.stan, Portion(part, 7_000), 70_00, van_of(cast.ada.person_id))
    return part


def count(visitor: Visitor, place: str, part: Part, quantity: str) -> str:
    """The address of a count in which there was so much of a part."""
    path = str(visitor.submit("/stock/counts", {"place": place}).headers["Location"])
    assert visitor.submit(path, {"scan": part.number}).status_code == 200
    assert visitor.submit(path, {"set": part.id, f"q_{part.id}": quantity}).status_code == 200
    assert visitor.submit(path, {"book": "y", f"reason_{part.id}": "lost"}).status_code == 302
    return path


def test_what_an_engineer_counts_in_the_own_van_waits_for_a_supervisor(visit: Visit, cast: Cast, seals: Part) -> None:
    ada, sue = visit(cast.ada), visit(cast.sue)
    path = count(ada, van_of(cast.ada.person_id), seals, "1")
    assert "to be judged" in ada.get(path).text
    assert '<span class="badge">1</span>' in sue.get("/stock/").text
    page = sue.get("/stock/discrepancies").text
    for said in ("6 pcs less than stock said", "60.00", "Lost", "Ada", "SEAL-1"):
        assert said in page
    ada.submit(path, {"book": "y", f"reason_{seals.id}": "lost"})
    task = task_in(page)
    assert sue.submit(task, {"verdict": "refused", "note": "Ada looks again on Monday"}).status_code == 302
    assert "Ada looks again on Monday" in ada.get(path).text
    assert "Nothing to settle" in sue.get("/stock/discrepancies").text


def test_nobody_judges_a_difference_that_he_counted_himself(visit: Visit, cast: Cast, seals: Part) -> None:
    sue, page = visit(cast.sue), "/stock/discrepancies"
    count(sue, van_of(cast.ada.person_id), seals, "9")
    shown = sue.get(page).text
    assert "2 pcs more than stock said" in shown
    assert "somebody else judges it" in shown
    assert 'name="verdict"' not in shown
    task = task_in(visit(cast.olive).get(page).text)
    assert sue.submit(task, FINE).status_code == 409
    assert visit(cast.olive).submit(task, FINE).status_code == 302


def test_a_storekeepers_count_is_judged_but_one_without_a_difference_is_not(
    visit: Visit, cast: Cast, seals: Part
) -> None:
    van, stan = van_of(cast.ada.person_id), visit(cast.stan)
    count(stan, van, seals, "7")
    assert "Nothing to settle" in stan.get("/stock/discrepancies").text
    count(stan, van, seals, "6")
    assert "1 pcs less than stock said" in stan.get("/stock/discrepancies").text


def test_parts_held_for_an_order_that_are_counted_away_are_missing_again(
    database: Database, visit: Visit, cast: Cast
) -> None:
    order = put_up(database, cast).open_order()
    with session_for(database, cast.sue) as session:
        bearing = services.parts_by_number(session, cast.sue, [BEARING])[BEARING]
        assert [each.milli for each in services.held_for_orders(session, cast.sue, [order])] == [1_000]
        assert missing_parts(session, cast.sue, order) == []
    count(visit(cast.stan), WAREHOUSE, bearing, "0")
    with session_for(database, cast.sue) as session:
        assert services.held_for_orders(session, cast.sue, [order]) == []
        assert [(short.number, short.milli) for short in missing_parts(session, cast.sue, order)] == [(BEARING, 1_000)]


def test_a_transfer_that_arrives_otherwise_shows_both_and_waits_for_a_supervisor(
    database: Database, visit: Visit, cast: Cast
) -> None:
    van, ada, sue = van_of(cast.ada.person_id), visit(cast.ada), visit(cast.sue)
    with session_for(database, cast.stan) as session, write_transaction(session):
        parts = [services.create_part(session, cast.stan, number, {"en": number}) for number in ("SEAL-1", "SEAL-2")]
        for part in parts:
            desk.receive(session, cast.stan, Portion(part, 6_000), 60_00)
        portions = [Portion(part, 6_000) for part in parts]
        path = f"/stock/transfers/{transfers.send(session, cast.stan, new_id(), (WAREHOUSE, van), portions, '').id}"
    refused = ada.submit(f"{path}/arrive", {"quantity": ["6", "-2"], "reason": ["", ""]})
    assert "2. SEAL-2: " in refused.text
    assert "2. SEAL-2: Say why" in ada.submit(f"{path}/arrive", {"quantity": ["6", "5"], "reason": ["", ""]}).text
    for _ in range(2):
        answer = ada.submit(f"{path}/arrive", {"quantity": ["7", "4"], "reason": ["miscounted", "damaged"]})
        assert answer.status_code == 302
    page = ada.get(path).text
    for said in (">7<", ">4<", "Miscounted", "Damaged", "to be judged"):
        assert said in page
    assert "/stock/discrepancies/" not in page
    assert "/stock/discrepancies/" in visit(cast.stan).get(path).text
    page = sue.get("/stock/discrepancies").text
    assert '<span class="badge">2</span>' in page
    for said in ("2 pcs less arrived than was sent", "20.00", "1 pcs more arrived than was sent", "10.00", "Damaged"):
        assert said in page
    assert "Warehouse → Van Ada: 2 pcs" in page
    assert visit(cast.ada).submit(task_in(page), FINE).status_code == 403


def test_what_was_lost_on_the_way_says_so_once(database: Database, visit: Visit, cast: Cast) -> None:
    van = van_of(cast.ada.person_id)
    with session_for(database, cast.stan) as session, write_transaction(session):
        part = services.create_part(session, cast.stan, "SEAL-1", {"en": "SEAL-1"})
        desk.receive(session, cast.stan, Portion(part, 1_000), 1_00)
        sent = transfers.send(session, cast.stan, new_id(), (WAREHOUSE, van), [Portion(part, 1_000)], "")
        transfers.arrive(session, cast.stan, sent.id, [transfers.Arrival(0, "lost_on_way")])
    assert visit(cast.sue).get("/stock/discrepancies").text.count("Lost on the way") == 1


def task_in(page: str) -> str:
    found = re.search(r'action="(/stock/discrepancies/[^"]+)"', page)
    assert found is not None
    return found[1]
