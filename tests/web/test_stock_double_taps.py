"""A form of stock that is sent twice does once what it says; another one under its key is refused."""

from collections.abc import Callable, Iterator

import pytest
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.inventory import desk, limits, services, transfers
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.problems import Conflict
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def seal(session: Session, cast: Cast) -> Part:
    """Ten in the warehouse; Ada's van should have two to four."""
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"})
        desk.receive(session, cast.stan, Portion(part, 10_000), 10_00)
        limits.set_limit(session, cast.stan, van_of(cast.ada.person_id), part.id, 2_000, 4_000)
    return part


def test_a_van_that_is_filled_by_a_double_tap_is_filled_once_and_nobody_is_told_it_went_wrong(
    session: Session, visit: Visit, cast: Cast, seal: Part
) -> None:
    key, path = new_id(), f"/stock/vans/{cast.ada.person_id}/fill"
    answers = [visit(cast.stan).submit(path, {"key": key}) for _ in range(2)]
    assert [(each.status_code, each.headers["Location"]) for each in answers] == [(302, f"/stock/transfers/{key}")] * 2
    session.rollback()
    lines = {line.location: line.milli for line in services.stock_lines(session, cast.stan)}
    assert (lines[WAREHOUSE], lines[f"transit:{key}"]) == (6_000, 4_000)
    assert visit(cast.stan).submit(f"/stock/vans/{cast.bo.person_id}/fill", {"key": key}).status_code == 409


def test_what_is_asked_for_under_the_key_of_something_else_is_refused(session: Session, cast: Cast, seal: Part) -> None:
    key, van = new_id(), van_of(cast.ada.person_id)
    with write_transaction(session):
        first = transfers.ask(session, cast.stan, WAREHOUSE, van, {seal.id: 1_000}, key)
        assert transfers.ask(session, cast.stan, WAREHOUSE, van, {seal.id: 1_000}, key) is first
    for target, milli in ((van, 2_000), (van_of(cast.bo.person_id), 1_000)):
        with pytest.raises(Conflict, match="key_taken"), write_transaction(session):
            transfers.ask(session, cast.stan, WAREHOUSE, target, {seal.id: milli}, key)


def test_what_has_arrived_is_not_taken_in_once_more_otherwise(
    session: Session, visit: Visit, cast: Cast, seal: Part
) -> None:
    key, van = new_id(), van_of(cast.ada.person_id)
    with write_transaction(session):
        transfers.send(session, cast.stan, key, (WAREHOUSE, van), [Portion(seal, 4_000)], "")
    path = f"/stock/transfers/{key}/arrive"
    short = {"quantity": "3", "reason": "lost_on_way"}
    assert visit(cast.ada).submit(path, short).status_code == 302
    assert visit(cast.ada).submit(path, short).status_code == 302
    told = visit(cast.stan).submit(path, {"quantity": "4", "reason": ""})
    assert told.status_code == 409
    assert "taken in before" in told.text
    session.rollback()
    assert {line.location: line.milli for line in services.stock_lines(session, cast.stan)}[van] == 3_000
