"""Vans: what they should hold, what they lack, and the page of one's own on the phone."""

import re
from collections.abc import Callable, Iterator

import pytest
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.inventory import desk, limits, services, transfers
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.testing.cast import Cast
from mendloop.testing.visitor import Visitor
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def van(cast: Cast) -> str:
    return van_of(cast.ada.person_id)


@pytest.fixture
def seal(session: Session, cast: Cast, van: str) -> Part:
    """Six in the warehouse; Ada's van holds one, and should hold three to ten."""
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"})
        desk.receive(session, cast.stan, Portion(part, 7_000), 70_00)
        desk.move(session, cast.stan, [Portion(part, 1_000)], WAREHOUSE, van)
        limits.set_limit(session, cast.stan, van, part.id, 3_000, 10_000)
    return part


def need(session: Session, cast: Cast, van: str) -> limits.Need:
    session.rollback()
    (found,) = limits.needs_of(session, cast.stan, van)
    return found


def test_a_van_below_its_minimum_lacks_what_would_fill_it(session: Session, cast: Cast, van: str, seal: Part) -> None:
    found = need(session, cast, van)
    assert (found.is_low, found.short, found.in_store, found.can_send) == (True, 9_000, 6_000, 6_000)
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(seal, 2_000)], WAREHOUSE, van)
    assert (need(session, cast, van).is_low, need(session, cast, van).short) == (False, 0)


def test_what_is_held_for_orders_is_not_sent_to_vans(session: Session, cast: Cast, van: str, seal: Part) -> None:
    with write_transaction(session):
        services.reserve_part(session, cast.stan, "order-1", seal.id, 5_000, [WAREHOUSE])
    assert need(session, cast, van).can_send == 1_000


def test_one_click_sends_what_the_warehouse_has_and_a_second_nothing_more(
    session: Session, visit: Visit, cast: Cast, van: str, seal: Part
) -> None:
    page = visit(cast.stan).get("/stock/vans").text
    assert "1 part low" in page
    assert "3 to buy" in page
    (key,) = re.findall(r'name="key" value="([^"]+)"', page)
    path = f"/stock/vans/{cast.ada.person_id}/fill"
    first = visit(cast.stan).submit(path, {"key": key})
    assert first.headers["Location"].endswith(f"/stock/transfers/{key}")
    assert visit(cast.stan).submit(path, {"key": new_id()}).status_code == 409
    found = need(session, cast, van)
    assert (found.coming, found.short, found.in_store) == (6_000, 0, 0)


def test_parts_with_serial_numbers_are_picked_on_a_slip(session: Session, visit: Visit, cast: Cast, van: str) -> None:
    with write_transaction(session):
        board = services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
        desk.receive(session, cast.stan, Portion(board, 1_000, "SN-1"), 5_00)
        limits.set_limit(session, cast.stan, van, board.id, 1_000, 2_000)
    key = new_id()
    answer = visit(cast.stan).submit(f"/stock/vans/{cast.ada.person_id}/fill", {"key": key})
    assert f"/stock/desk/transfer?transfer={key}" in answer.headers["Location"]
    assert "MB-1" in visit(cast.stan).get(answer.headers["Location"]).text


def test_limits_are_set_by_the_storekeeper(session: Session, visit: Visit, cast: Cast, van: str, seal: Part) -> None:
    path = f"/stock/vans/{cast.ada.person_id}"
    for wrong in ({"number": "NONE"}, {"minimum": "5", "maximum": "2"}, {"minimum": "x"}):
        form = {"number": "SEAL-1", "minimum": "1", "maximum": "4", **wrong}
        assert visit(cast.stan).submit(path, form).status_code == 422
    form = {"number": "seal-1", "minimum": "1", "maximum": "4"}
    assert visit(cast.stan).submit(path, form).status_code == 302
    assert need(session, cast, van).maximum == 4_000
    assert visit(cast.stan).submit(path, {"number": "SEAL-1", "minimum": "0", "maximum": "0"}).status_code == 302
    session.rollback()
    assert limits.needs_of(session, cast.stan, van) == []
    assert visit(cast.ada).get(path).status_code == 403
    assert visit(cast.stan).get("/stock/vans/nobody").status_code == 404


def test_an_engineer_sees_the_own_van_and_asks_once_for_what_is_low(
    session: Session, visit: Visit, cast: Cast, van: str, seal: Part
) -> None:
    page = visit(cast.ada).get("/van").text
    assert "SEAL-1" in page
    assert "1 there, at least 3 pcs" in page
    assert "SEAL-1" not in visit(cast.bo).get("/van").text
    key = new_id()
    for _ in range(2):
        assert visit(cast.ada).submit("/van/ask", {"key": key}).status_code == 302
    assert visit(cast.ada).submit("/van/ask", {"key": new_id()}).status_code == 302
    session.rollback()
    (asked,) = transfers.list_transfers(session, cast.stan, transfers.ASKED)
    assert [(part.number, milli) for part, milli in transfers.asked_lines(session, cast.stan, asked)] == [
        ("SEAL-1", 9_000)
    ]
    assert "Ask for what is low" not in visit(cast.ada).get("/van").text
    assert visit(cast.stan).get("/van").status_code == 403


def test_what_is_on_its_way_is_taken_in_from_the_van_page(
    session: Session, visit: Visit, cast: Cast, van: str, seal: Part
) -> None:
    with write_transaction(session):
        sent = transfers.send(session, cast.stan, new_id(), (WAREHOUSE, van), [Portion(seal, 2_000)], "")
    assert f"/stock/transfers/{sent.id}" in visit(cast.ada).get("/van").text
    assert "Taken in" in visit(cast.ada).submit(
        f"/stock/transfers/{sent.id}/arrive", {"quantity": "2", "reason": ""}, follow_redirects=True
    ).text  # fmt: skip
    assert not need(session, cast, van).is_low


def test_filling_a_van_answers_what_was_asked_for_and_says_what_has_to_be_picked(
    session: Session, visit: Visit, cast: Cast, van: str, seal: Part
) -> None:
    stan, fill = visit(cast.stan), f"/stock/vans/{cast.ada.person_id}/fill"
    with write_transaction(session):
        board = services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
        for serial in "AB":
            desk.receive(session, cast.stan, Portion(board, 1_000, serial), 5_00)
        limits.set_limit(session, cast.stan, van, seal.id, 2_000, 5_000)
    assert visit(cast.ada).submit("/van/ask", {"key": new_id()}).status_code == 302
    [asked] = transfers.list_transfers(session, cast.stan, transfers.ASKED)
    asked_id = asked.id
    with write_transaction(session):
        limits.set_limit(session, cast.stan, van, board.id, 1_000, 1_000)
    answer = stan.submit(fill, {"key": new_id()})
    assert answer.headers["Location"].endswith(asked_id)
    assert "wait to be picked on a slip of their own: MB-1" in stan.get(answer.headers["Location"]).text
    session.expire_all()
    [picking] = transfers.list_transfers(session, cast.stan, transfers.ASKED)
    for _ in range(2):
        again = stan.submit(fill, {"key": new_id()})
        assert again.headers["Location"].endswith(f"transfer={picking.id}")
    session.rollback()
    assert [each.id for each in transfers.list_transfers(session, cast.stan, transfers.SENT)] == [asked_id]
    assert [each.id for each in transfers.list_transfers(session, cast.stan, transfers.ASKED)] == [picking.id]
