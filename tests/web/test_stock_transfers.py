"""Transfers in two steps: sent, in transit, arrived; differences become losses and finds."""

from collections.abc import Callable, Iterator

import pytest
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.inventory import desk, services, transfers
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import DISCREPANCY, WAREHOUSE, transit_of, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt
from mendloop.inventory.transfers import Arrival
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
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"}, costing="fifo")
        for cost in (10_00, 20_00):
            desk.receive(session, cast.stan, Portion(part, 2_000), cost)
    return part


def send(visitor: Visitor, cast: Cast, part: Part, quantity: str, key: str) -> str:
    """The address of the transfer to Ada's van."""
    slip = {"part": part.id, "quantity": quantity, "unit": "pcs", "cost": "", "lot": "", "serials": ""}
    head = {"key": key, "source": WAREHOUSE, "target": van_of(cast.ada.person_id), "book": "y"}
    answer = visitor.submit("/stock/desk/transfer", {**slip, **head})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def balances(session: Session, cast: Cast) -> dict[str, tuple[int, int]]:
    session.rollback()
    lines = services.stock_lines(session, cast.stan)
    return {line.location: (line.milli, line.value) for line in lines if line.location != "supplier"}


def test_what_is_sent_is_in_transit_until_the_engineer_takes_it_in(
    session: Session, visit: Visit, cast: Cast, seal: Part
) -> None:
    key = new_id()
    path = send(visit(cast.stan), cast, seal, "3", key)
    assert send(visit(cast.stan), cast, seal, "3", key) == path
    assert balances(session, cast) == {WAREHOUSE: (1_000, 10_00), transit_of(key): (3_000, 20_00)}
    assert "On the way" in visit(cast.stan).get("/stock/transfers").text
    assert visit(cast.bo).get(path).status_code == 404
    answer = visit(cast.ada).submit(f"{path}/arrive", {"quantity": "3", "reason": ""})
    assert answer.status_code == 302
    assert balances(session, cast)[van_of(cast.ada.person_id)] == (3_000, 20_00)
    assert visit(cast.ada).submit(f"{path}/arrive", {"quantity": "3", "reason": ""}).status_code == 302
    assert send(visit(cast.stan), cast, seal, "3", key) == path
    assert balances(session, cast)[van_of(cast.ada.person_id)] == (3_000, 20_00)
    assert as_bytes(live(session, cast.stan)) == as_bytes(rebuilt(session, cast.stan))


@pytest.mark.parametrize(("arrived", "van", "elsewhere"), [("2", 2_000, 1_000), ("4", 4_000, -1_000), ("0", 0, 3_000)])
def test_what_arrives_otherwise_is_a_loss_or_a_find_with_a_reason(
    session: Session, visit: Visit, cast: Cast, seal: Part, arrived: str, van: int, elsewhere: int
) -> None:
    path = send(visit(cast.stan), cast, seal, "3", new_id())
    refused = visit(cast.ada).submit(f"{path}/arrive", {"quantity": arrived, "reason": ""})
    assert refused.status_code == 422
    assert "Say why" in refused.text
    answer = visit(cast.ada).submit(f"{path}/arrive", {"quantity": arrived, "reason": "damaged"})
    assert answer.status_code == 302
    found = balances(session, cast)
    assert found.get(van_of(cast.ada.person_id), (0, 0))[0] == van
    assert found[DISCREPANCY][0] == elsewhere
    assert not [place for place in found if place.startswith("transit")]
    assert "arrived" in visit(cast.ada).get(path).text


def test_a_serial_number_has_come_or_not(session: Session, cast: Cast) -> None:
    with write_transaction(session):
        board = services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
        for serial in "AB":
            desk.receive(session, cast.stan, Portion(board, 1_000, serial), 5_00)
        portions = [Portion(board, 1_000, serial) for serial in "AB"]
        route = (WAREHOUSE, van_of(cast.ada.person_id))
        transfer = transfers.send(session, cast.stan, new_id(), route, portions, "")
        transfers.arrive(session, cast.stan, transfer.id, [Arrival(1_000), Arrival(0, "lost_on_way")])
    assert services.serial_place(session, cast.stan, board.id, "A") == van_of(cast.ada.person_id)
    assert services.serial_place(session, cast.stan, board.id, "B") == DISCREPANCY


def test_a_transfer_that_was_asked_for_is_sent_as_itself_or_not_at_all(
    session: Session, visit: Visit, cast: Cast, seal: Part
) -> None:
    van = van_of(cast.ada.person_id)
    with write_transaction(session):
        asked = transfers.ask(session, cast.ada, WAREHOUSE, van, {seal.id: 2_000})
        other = transfers.ask(session, cast.ada, WAREHOUSE, van, {seal.id: 9_000})
    page = visit(cast.stan).get(f"/stock/desk/transfer?transfer={asked.id}").text
    assert 'name="quantity" value="2"' in page
    assert asked.id in page
    send(visit(cast.stan), cast, seal, "1", asked.id)
    session.expire_all()
    assert transfers.access_transfer(session, cast.stan, asked.id).state == "sent"
    assert visit(cast.stan).submit(f"/stock/transfers/{other.id}/refuse").status_code == 302
    assert visit(cast.stan).submit(f"/stock/transfers/{other.id}/refuse").status_code == 409
    assert visit(cast.bo).submit(f"/stock/transfers/{asked.id}/arrive", {"quantity": "1"}).status_code == 404
    assert visit(cast.cy).get(f"/stock/transfers/{asked.id}").status_code == 404


def test_whoever_has_the_van_sends_what_the_office_asked_for(
    session: Session, visit: Visit, cast: Cast, seal: Part
) -> None:
    van = van_of(cast.ada.person_id)
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(seal, 2_000)], WAREHOUSE, van)
        path = f"/stock/transfers/{transfers.ask(session, cast.sue, van, WAREHOUSE, {seal.id: 2_000}).id}"
        far = f"/stock/transfers/{transfers.ask(session, cast.sue, WAREHOUSE, van, {seal.id: 1_000}).id}"
    assert f'formaction="{path}/send"' in visit(cast.ada).get(path).text
    assert "/send" not in visit(cast.ada).get(far).text
    assert visit(cast.bo).submit(f"{path}/send").status_code == 404
    assert visit(cast.ada).submit(f"{far}/send").status_code == 403
    for _ in range(2):
        assert visit(cast.ada).submit(f"{path}/send").status_code == 302
        found = balances(session, cast)
        assert [milli for place, (milli, _) in found.items() if place.startswith("transit")] == [2_000]


def test_whoever_has_the_van_does_not_send_serial_numbers_that_nobody_chose(
    session: Session, visit: Visit, cast: Cast
) -> None:
    van, ada = van_of(cast.ada.person_id), visit(cast.ada)
    with write_transaction(session):
        board = services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
        for serial in "AB":
            desk.receive(session, cast.stan, Portion(board, 1_000, serial), 5_00, van)
        one, both = (transfers.ask(session, cast.sue, van, WAREHOUSE, {board.id: milli}).id for milli in (1_000, 2_000))
    refused = ada.submit(f"/stock/transfers/{one}/send")
    assert refused.status_code == 422
    assert "MB-1: 2 with serial numbers lie there" in refused.text
    assert ada.submit(f"/stock/transfers/{both}/send").status_code == 302
