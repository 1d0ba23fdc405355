"""Where the field and stock disagree, a supervisor looks and says what it was."""

import datetime as dt
from collections.abc import Callable

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import services
from mendloop.inventory.services import PartFact
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]


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
    assert '<span class="badge">1</span>' in sue.get("/stock/").text
    page = sue.get("/stock/discrepancies").text
    assert "GHOST-1" in page
    assert "2 pcs came from nowhere" in page
    assert sue.submit(f"/stock/discrepancies/{task}", {"note": " "}).status_code == 422
    assert sue.submit(f"/stock/discrepancies/{task}", {"note": "bought on the way"}).status_code == 302
    assert 'class="badge"' not in sue.get("/stock/").text
    assert sue.submit(f"/stock/discrepancies/{task}", {"note": "again"}).status_code == 409


def test_nobody_else_settles_them(visit: Visit, cast: Cast, task: str) -> None:
    for actor in (cast.ada, cast.stan, cast.vera):
        assert visit(actor).get("/stock/discrepancies").status_code == (200 if actor is cast.stan else 403)
        assert visit(actor).submit(f"/stock/discrepancies/{task}", {"note": "fine"}).status_code == 403
    assert 'class="badge"' not in visit(cast.vera).get("/stock/").text
    assert visit(cast.cy).submit(f"/stock/discrepancies/{task}", {"note": "fine"}).status_code == 404
