"""What was booked at the desk by mistake is taken back, to the cent, while all of it is still there."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, session_for, write_transaction
from mendloop.inventory import desk, services
from mendloop.inventory.desk import Portion, Slip
from mendloop.inventory.ledger import Act, Line, post
from mendloop.inventory.locations import SCRAP, SUPPLIER, WAREHOUSE, order_location, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt
from mendloop.inventory.taking_back import take_back
from mendloop.problems import Conflict
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, put_up
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]
WHY = {"why": "typed one nought too many"}


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture(params=["average", "fifo"])
def seal(session: Session, cast: Cast, request: pytest.FixtureRequest) -> Part:
    """Three in the warehouse, for 10.00 together."""
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"}, costing=request.param)
        desk.receive(session, cast.stan, Portion(part, 3_000), 10_00)
    return part


def book(visitor: Visitor, act: str, part: Part, quantity: str, **head: str) -> str:
    """The address of the movement."""
    line = {"part": part.id, "quantity": quantity, "unit": "pcs", "cost": "0", "lot": "", "serials": ""}
    usual = {"key": new_id(), "source": WAREHOUSE, "target": WAREHOUSE, "book": "y"}
    answer = visitor.submit(f"/stock/desk/{act}", {**line, **usual, **head})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"]).partition("?")[0]


def balances(session: Session, cast: Cast) -> dict[str, tuple[int, int]]:
    session.rollback()
    assert as_bytes(live(session, cast.stan)) == as_bytes(rebuilt(session, cast.stan))
    lines = services.stock_lines(session, cast.stan)
    return {line.location: (line.milli, line.value) for line in lines if line.milli}


def test_a_receipt_is_taken_back_once_for_what_it_cost(session: Session, visit: Visit, cast: Cast, seal: Part) -> None:
    stan, before = visit(cast.stan), balances(session, cast)
    path = book(stan, "receive", seal, "2", cost="4000.00")
    assert balances(session, cast)[WAREHOUSE] == (5_000, 4_010_00)
    assert "Say why" in stan.submit(path, {"why": " "}).text
    assert stan.submit(path, WHY).status_code == 302
    again = stan.submit(path, WHY)
    assert again.status_code == 302
    assert balances(session, cast) == before
    page = stan.get(path).text
    assert "This was taken back" in page
    assert WHY["why"] in page
    assert 'name="why"' not in page
    assert path.rpartition("/")[2] in stan.get(again.headers["Location"]).text


def test_a_receipt_that_was_taken_back_says_nothing_of_what_the_part_costs(
    session: Session, visit: Visit, cast: Cast, seal: Part
) -> None:
    stan = visit(cast.stan)
    for cost in ("4000.00", "6000.00"):
        path = book(stan, "receive", seal, "2", cost=cost)
        assert stan.submit(path, WHY).status_code == 302
    book(stan, "receive", seal, "3", cost="", unknown="y")
    assert balances(session, cast)[WAREHOUSE] == (6_000, 20_00)
    with write_transaction(session):  # sent back by mistake: that it is here again is no receipt
        act = Act("sent_back", utc_now(), f"desk:{new_id()}")
        sent = post(session, cast.stan, act, [Line(seal.id, 1_000, WAREHOUSE, SUPPLIER)])
    with write_transaction(session):
        take_back(session, cast.stan, sent.movement_id, "not that one")
    book(stan, "receive", seal, "3", cost="", unknown="y")
    assert balances(session, cast)[WAREHOUSE] == (9_000, 30_00)


def test_what_has_moved_on_is_not_taken_back(session: Session, visit: Visit, cast: Cast, seal: Part) -> None:
    stan = visit(cast.stan)
    path = book(stan, "receive", seal, "2", cost="8.00")
    book(stan, "scrap", seal, "4", reason="broken")
    before = balances(session, cast)
    refused = stan.submit(path, WHY)
    assert refused.status_code == 409
    assert "SEAL-1 has moved on" in refused.text
    assert WHY["why"] in refused.text
    assert balances(session, cast) == before


@pytest.mark.parametrize(("act", "head"), [("move", {"target": "quarantine"}), ("scrap", {"reason": "broken"})])
def test_every_act_of_the_desk_is_taken_back(
    session: Session, visit: Visit, cast: Cast, seal: Part, act: str, head: dict[str, str]
) -> None:
    stan, before = visit(cast.stan), balances(session, cast)
    path = book(stan, act, seal, "2", **head)
    assert balances(session, cast) != before
    assert visit(cast.vera).submit(path, WHY).status_code == 403
    assert visit(cast.ada).submit(path, WHY).status_code == 403
    assert visit(cast.cy).submit(path, WHY).status_code == 404
    assert stan.submit(path, WHY).status_code == 302
    assert balances(session, cast) == before


def test_an_issue_is_taken_back_and_the_order_wants_the_part_again(
    session: Session, database: Database, visit: Visit, cast: Cast
) -> None:
    order = put_up(database, cast).open_order()
    number = orders.access_work_order(session, cast.stan, order).number
    bearing = services.parts_by_number(session, cast.stan, [BEARING])[BEARING]
    path = book(visit(cast.stan), "issue", bearing, "1", order=number)
    assert order_location(order) in balances(session, cast)
    assert visit(cast.stan).submit(path, WHY).status_code == 302
    assert order_location(order) not in balances(session, cast)
    assert [each.milli for each in services.held_for_orders(session, cast.stan, [order])] == [1_000]


def test_what_was_put_aside_for_an_order_is_missing_again(
    session: Session, database: Database, visit: Visit, cast: Cast
) -> None:
    order = put_up(database, cast).open_order()
    bearing = services.parts_by_number(session, cast.stan, [BEARING])[BEARING]
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(bearing, 9_000)], WAREHOUSE, SCRAP)
        services.release_order(session, cast.stan, order)
        desk.move(session, cast.stan, [Portion(bearing, 1_000)], WAREHOUSE, SCRAP)
    path = book(visit(cast.stan), "receive", bearing, "1", cost="5")
    assert [each.milli for each in services.held_for_orders(session, cast.stan, [order])] == [1_000]
    session.rollback()
    assert visit(cast.stan).submit(path, WHY).status_code == 302
    assert WAREHOUSE not in balances(session, cast)
    assert services.held_for_orders(session, cast.stan, [order]) == []


def test_only_what_was_booked_at_the_desk_is_taken_back(session: Session, cast: Cast, seal: Part) -> None:
    with write_transaction(session):
        posted = desk.move(session, cast.stan, [Portion(seal, 1_000)], WAREHOUSE, van_of(cast.ada.person_id))
    with pytest.raises(Conflict), write_transaction(session):
        take_back(session, cast.stan, posted.movement_id, "why not")


RECEIPTS = st.lists(st.tuples(st.integers(1, 3_000), st.integers(0, 5_000)), min_size=1, max_size=4)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(receipts=RECEIPTS, gone=st.integers(0, 2_999), wrong=st.tuples(st.integers(1, 3_000), st.integers(0, 10**7)))
def test_taken_back_stock_is_worth_what_it_was(
    session: Session, cast: Cast, seal: Part, receipts: list[tuple[int, int]], gone: int, wrong: tuple[int, int]
) -> None:
    with write_transaction(session):
        if gone:
            desk.move(session, cast.stan, [Portion(seal, min(gone, 2_999))], WAREHOUSE, SCRAP)
        before = balances_now(session, cast)
        slip = Slip(f"desk:{new_id()}")
        posted = desk.receive(session, cast.stan, Portion(seal, wrong[0]), wrong[1], WAREHOUSE, slip)
        for milli, value in receipts:
            desk.receive(session, cast.stan, Portion(seal, milli), value)
        take_back(session, cast.stan, posted.movement_id, "wrong")
        milli, value = before[WAREHOUSE]
        more = (sum(each[0] for each in receipts), sum(each[1] for each in receipts))
        assert balances_now(session, cast)[WAREHOUSE] == (milli + more[0], value + more[1])
        assert as_bytes(live(session, cast.stan)) == as_bytes(rebuilt(session, cast.stan))
        desk.receive(session, cast.stan, Portion(seal, 3_000), 0)


def balances_now(session: Session, cast: Cast) -> dict[str, tuple[int, int]]:
    lines = services.stock_lines(session, cast.stan)
    return {line.location: (line.milli, line.value) for line in lines}
