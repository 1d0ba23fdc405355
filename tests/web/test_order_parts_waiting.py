"""What comes in is held for who waits for it, in their turn; what is missing can be asked for, once."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import Database, new_id, run_write, session_for
from mendloop.inventory import services as inventory
from mendloop.inventory import transfers
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import WAREHOUSE, van_of
from mendloop.inventory.on_the_way import StockTransfer
from mendloop.inventory.transfers import Arrival
from mendloop.order_parts import services as parts
from mendloop.order_parts.acts import Asked
from mendloop.problems import Conflict
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, Workshop, put_up
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.sue) as opened:
        yield opened


@pytest.fixture
def empty(database: Database, cast: Cast, session: Session) -> Workshop:
    """A workshop with no bearing left."""
    workshop = put_up(database, cast)
    bearing = part(session, cast)
    run_write(session, lambda: inventory.move_stock(session, cast.stan, bearing, 10, WAREHOUSE, "scrap"))
    return workshop


def part(session: Session, cast: Cast, number: str = BEARING) -> inventory.Part:
    return inventory.parts_by_number(session, cast.sue, [number])[number]


def receive(session: Session, cast: Cast, quantity: float, place: str = WAREHOUSE) -> None:
    bearing = part(session, cast)
    run_write(session, lambda: inventory.receive_stock(session, cast.stan, bearing, quantity, place))


def held(session: Session, cast: Cast, *order_ids: str) -> list[int]:
    """How much is held for each of these orders."""
    session.rollback()
    found = inventory.held_for_orders(session, cast.sue, order_ids)
    return [sum(each.milli for each in found if each.order_id == order_id) for order_id in order_ids]


def urge(session: Session, cast: Cast, order: str, priority: str, due: dt.datetime | None = None) -> None:
    def change() -> None:
        found = orders.access_work_order(session, cast.sue, order)
        found.priority, found.due_at = priority, due

    run_write(session, change)


def ask(session: Session, actor: Actor, order: str, source: str = "", number: str = BEARING) -> None:
    run_write(session, lambda: parts.ask_for_missing(session, actor, order, number, new_id(), source))


def send_and_arrive(session: Session, cast: Cast, transfer: StockTransfer, milli: int) -> None:
    portion, route = Portion(part(session, cast), milli), (transfer.source, transfer.target)
    run_write(session, lambda: transfers.send(session, cast.stan, transfer.id, route, [portion], ""))
    run_write(session, lambda: transfers.arrive(session, cast.stan, transfer.id, [Arrival(milli)]))


def asked(session: Session, cast: Cast) -> list[StockTransfer]:
    session.rollback()
    return transfers.list_transfers(session, cast.stan, "asked")


def test_what_is_received_is_held_for_the_most_urgent_then_what_is_due_first_then_the_oldest(
    empty: Workshop, session: Session, cast: Cast
) -> None:
    first, second, due, urgent = (empty.open_order(cast.ada) for _ in range(4))
    urge(session, cast, urgent, "urgent")
    urge(session, cast, due, "normal", utc_now())
    for expected in ([0, 0, 0, 1_000], [0, 0, 1_000, 1_000], [1_000, 0, 1_000, 1_000], [1_000, 1_000, 1_000, 1_000]):
        receive(session, cast, 1)
        assert held(session, cast, first, second, due, urgent) == expected
    receive(session, cast, 3)
    [line] = [line for line in inventory.stock_lines(session, cast.sue) if line.location == WAREHOUSE]
    assert line.milli - line.reserved == 3_000


def test_what_comes_into_a_van_is_held_for_whose_van_it_is(empty: Workshop, session: Session, cast: Cast) -> None:
    of_bo, of_ada = empty.open_order(cast.bo), empty.open_order(cast.ada)
    receive(session, cast, 2, van_of(cast.ada.person_id))
    assert held(session, cast, of_bo, of_ada) == [0, 1_000]


def test_what_an_order_lets_go_of_is_held_for_the_next(empty: Workshop, session: Session, cast: Cast) -> None:
    first, second = empty.open_order(cast.ada), empty.open_order(cast.ada)
    receive(session, cast, 1)
    run_write(session, lambda: orders.cancel_work_order(session, cast.sue, first, "not needed"))
    assert held(session, cast, first, second) == [0, 1_000]


def test_what_one_order_gives_back_is_held_for_another(empty: Workshop, session: Session, cast: Cast) -> None:
    first, second = empty.open_order(cast.ada), empty.open_order(cast.ada)
    receive(session, cast, 1)
    one = [Asked(BEARING, 1_000)]
    run_write(session, lambda: parts.issue_parts(session, cast.stan, first, one, new_id()))
    run_write(session, lambda: parts.give_back_parts(session, cast.stan, first, one, new_id()))
    assert held(session, cast, first, second) == [0, 1_000]


def test_a_missing_part_is_asked_for_from_where_it_lies_and_is_held_for_its_order_when_it_arrives(
    empty: Workshop, session: Session, cast: Cast
) -> None:
    order, urgent = empty.open_order(cast.ada), empty.open_order(cast.ada)
    urge(session, cast, urgent, "urgent")
    receive(session, cast, 5, van_of(cast.bo.person_id))
    for _ in range(2):  # twice pressed
        ask(session, cast.ada, order)
    [transfer] = asked(session, cast)
    number = orders.access_work_order(session, cast.sue, order).number
    assert (transfer.source, transfer.target) == (van_of(cast.bo.person_id), van_of(cast.ada.person_id))
    assert transfer.note == number
    [short] = parts.missing_parts(session, cast.sue, order)
    assert ([each.state for each in short.coming], short.moves, short.buy) == (["asked"], (), 0)
    send_and_arrive(session, cast, transfer, 1_000)
    assert held(session, cast, order, urgent) == [1_000, 0]


def test_what_is_asked_for_already_is_not_proposed_to_another_order(
    empty: Workshop, session: Session, cast: Cast
) -> None:
    order, other = empty.open_order(cast.ada), empty.open_order(cast.ada)
    receive(session, cast, 1, van_of(cast.bo.person_id))
    ask(session, cast.sue, order)
    [short] = parts.missing_parts(session, cast.sue, other)
    assert (short.moves, short.buy) == ((), 1_000)


def test_a_refused_transfer_can_be_asked_for_again(empty: Workshop, session: Session, cast: Cast) -> None:
    order = empty.open_order(cast.ada)
    receive(session, cast, 1, van_of(cast.bo.person_id))
    ask(session, cast.sue, order)
    run_write(session, lambda: transfers.refuse(session, cast.stan, asked(session, cast)[0].id))
    ask(session, cast.sue, order)
    assert len(asked(session, cast)) == 1


def test_what_lies_nowhere_goes_on_the_purchase_list_once_and_off_it_when_it_has_come(
    empty: Workshop, session: Session, cast: Cast
) -> None:
    order = empty.open_order(cast.ada)
    run_write(session, lambda: parts.plan_part(session, cast.sue, order, BEARING, 3_000, new_id()))
    for _ in range(2):
        ask(session, cast.stan, order)
    [bought] = parts.purchases(session, cast.stan)
    assert (bought.coming.milli, bought.coming.state, asked(session, cast)) == (3_000, "to_buy", [])
    run_write(session, lambda: parts.note_ordered(session, cast.stan, bought.coming.request.id, ordered=True))
    assert [each.coming.state for each in parts.purchases(session, cast.stan)] == ["ordered"]
    receive(session, cast, 2)
    assert [each.coming.milli for each in parts.purchases(session, cast.stan)] == [1_000]
    receive(session, cast, 2)
    assert parts.purchases(session, cast.stan) == []
    with pytest.raises(Conflict) as refused:
        ask(session, cast.stan, order)
    assert [problem.code for problem in refused.value.problems] == ["order_parts.not_missing"]


def test_an_order_that_is_over_needs_nothing_sent_or_bought(empty: Workshop, session: Session, cast: Cast) -> None:
    order = empty.open_order(cast.ada)
    run_write(session, lambda: parts.plan_part(session, cast.sue, order, BEARING, 2_000, new_id()))
    receive(session, cast, 1, van_of(cast.bo.person_id))
    ask(session, cast.stan, order)
    assert (len(asked(session, cast)), len(parts.purchases(session, cast.stan))) == (1, 1)
    run_write(session, lambda: orders.cancel_work_order(session, cast.sue, order, "not needed"))
    assert (asked(session, cast), parts.purchases(session, cast.stan)) == ([], [])


def test_a_storekeeper_asks_on_the_page_and_takes_the_purchase_list_along(
    empty: Workshop, session: Session, cast: Cast, visit: Visit
) -> None:
    order, stan = empty.open_order(cast.ada), visit(cast.stan)
    form = {"key": new_id(), "number": BEARING, "source": "supplier", "back": "missing"}
    for _ in range(2):
        assert stan.submit(f"/orders/{order}/parts/ask", form).status_code == 302
    page = stan.get("/missing-parts").text
    assert 'data-purchase="to_buy"' in page
    [bought] = (stan.get("/api/v1/purchase-list").json or {})["purchases"]
    assert stan.submit(f"/purchase-list/{bought['id']}", {"ordered": "yes"}).status_code == 302
    assert 'data-purchase="ordered"' in stan.get("/missing-parts").text
    rows = stan.get("/purchase-list.csv").get_data().decode("utf-8-sig").splitlines()
    assert rows[1].startswith(f"{BEARING},Bearing 6205,1,")
    assert stan.get("/purchase-list.xlsx").get_data()[:2] == b"PK"
    assert visit(cast.ada).submit(f"/purchase-list/{bought['id']}", {"ordered": "no"}).status_code == 403


def hand_over(session: Session, cast: Cast, order: str, to: Actor | None) -> None:
    person = to.person_id if to is not None else None
    run_write(session, lambda: orders.assign_work_order(session, cast.sue, order, person))


def test_what_was_asked_for_follows_an_order_that_changes_hands_before_it_is_sent(
    empty: Workshop, session: Session, cast: Cast, visit: Visit
) -> None:
    order = empty.open_order(cast.ada)
    run_write(session, lambda: parts.plan_part(session, cast.sue, order, BEARING, 3_000, new_id()))
    receive(session, cast, 3, van_of(cast.ivy.person_id))
    ask(session, cast.ada, order)
    [first] = asked(session, cast)
    receive(session, cast, 1, van_of(cast.bo.person_id))
    hand_over(session, cast, order, cast.bo)
    [second] = asked(session, cast)
    [(_, milli)] = transfers.asked_lines(session, cast.stan, second)
    assert (second.source, second.target, milli) == (first.source, van_of(cast.bo.person_id), 2_000)
    assert held(session, cast, order) == [1_000]
    route, portion = (first.source, van_of(cast.ada.person_id)), Portion(part(session, cast), 3_000)
    with pytest.raises(Conflict):  # a slip that was begun before
        run_write(session, lambda: transfers.send(session, cast.stan, first.id, route, [portion], ""))
    page = visit(cast.stan).get(f"/stock/transfers/{first.id}").text
    assert "The order has changed hands since" in page
    assert f"/stock/transfers/{second.id}" in page
    send_and_arrive(session, cast, second, 2_000)
    assert held(session, cast, order) == [3_000]


def test_nothing_is_asked_of_the_van_that_the_order_goes_to(empty: Workshop, session: Session, cast: Cast) -> None:
    order = empty.open_order(cast.ada)
    receive(session, cast, 1, van_of(cast.bo.person_id))
    ask(session, cast.ada, order)
    hand_over(session, cast, order, cast.bo)
    assert (asked(session, cast), held(session, cast, order)) == ([], [1_000])


def test_what_is_on_its_way_arrives_where_it_was_sent_and_the_order_says_so(
    empty: Workshop, session: Session, cast: Cast, visit: Visit
) -> None:
    order = empty.open_order(cast.ada)
    receive(session, cast, 1, van_of(cast.ivy.person_id))
    ask(session, cast.ada, order)
    [transfer] = asked(session, cast)
    portion, route = Portion(part(session, cast), 1_000), (transfer.source, transfer.target)
    run_write(session, lambda: transfers.send(session, cast.stan, transfer.id, route, [portion], ""))
    hand_over(session, cast, order, cast.bo)
    [short] = parts.missing_parts(session, cast.sue, order)
    [coming] = short.coming
    assert (coming.state, coming.target) == ("sent", van_of(cast.ada.person_id))
    assert short.target == van_of(cast.bo.person_id)
    for page in (f"/orders/{order}/parts", "/missing-parts"):
        assert "this still arrives at Van Ada" in visit(cast.stan).get(page).text
    run_write(session, lambda: transfers.arrive(session, cast.stan, transfer.id, [Arrival(1_000)]))
    assert held(session, cast, order) == [0]
    [short] = parts.missing_parts(session, cast.sue, order)
    assert [move.source for move in short.moves] == [van_of(cast.ada.person_id)]


SEALED = "BRG-6205-2RS"


@pytest.fixture
def sealed(empty: Workshop, session: Session, cast: Cast) -> inventory.Part:
    """A part that stands in for the bearing: two of it in Bo's van."""
    made = run_write(session, lambda: inventory.create_part(session, cast.sue, SEALED, {"en": "Sealed bearing"}))
    run_write(session, lambda: inventory.receive_stock(session, cast.stan, made, 2, van_of(cast.bo.person_id)))
    run_write(session, lambda: parts.change_stand_ins(session, cast.sue, BEARING, [SEALED]))
    return made


def come(session: Session, cast: Cast, transfer: StockTransfer, portion: Portion) -> None:
    route = (transfer.source, transfer.target)
    run_write(session, lambda: transfers.send(session, cast.stan, transfer.id, route, [portion], ""))
    run_write(session, lambda: transfers.arrive(session, cast.stan, transfer.id, [Arrival(portion.milli)]))


def test_a_part_that_stands_in_is_asked_for_and_held_in_the_place_of_the_one_that_is_meant(
    empty: Workshop, sealed: inventory.Part, session: Session, cast: Cast, visit: Visit
) -> None:
    order, stan = empty.open_order(cast.ada), visit(cast.stan)
    page = stan.get(f"/orders/{order}/parts").text
    assert f"Or have {SEALED} brought instead: 1 from Van Bo" in page
    form = {"key": new_id(), "number": BEARING, "instead": SEALED, "source": van_of(cast.bo.person_id)}
    for _ in range(2):  # twice pressed
        assert stan.submit(f"/orders/{order}/parts/ask", form).status_code == 302
    [transfer] = asked(session, cast)
    assert (transfer.source, transfer.target) == (van_of(cast.bo.person_id), van_of(cast.ada.person_id))
    [short] = parts.missing_parts(session, cast.sue, order)
    assert [(each.number, each.state) for each in short.coming] == [(SEALED, "asked")]
    assert (short.buy, short.instead) == (0, ())
    assert f"{SEALED} instead:" in stan.get("/missing-parts").text
    come(session, cast, transfer, Portion(sealed, 1_000))
    other = empty.open_order(cast.ada)
    assert (held(session, cast, order, other), parts.missing_parts(session, cast.sue, order)) == ([1_000, 0], [])
    shown = (visit(cast.ada).get(f"/api/v1/orders/{order}/parts").json or {})["parts"][0]
    assert (shown["missing"], [(each["number"], each["quantity"]) for each in shown["reserved"]]) == (0, [(SEALED, 1)])
    run_write(session, lambda: parts.reserve_again(session, cast.stan, order))
    receive(session, cast, 1)  # the one that is meant comes for whoever lacks it
    assert held(session, cast, order, other) == [1_000, 1_000]
    one = [Asked(SEALED, 1_000)]
    run_write(session, lambda: parts.issue_parts(session, cast.ada, order, one, new_id()))
    assert held(session, cast, order) == [0]
    assert [need.wanted for need in parts.needs_of(session, cast.sue, order)] == [0]


def test_a_part_that_stands_in_is_let_go_with_the_order_and_when_the_order_changes_hands(
    empty: Workshop, sealed: inventory.Part, session: Session, cast: Cast
) -> None:
    order = empty.open_order(cast.ada)
    run_write(session, lambda: parts.ask_for_missing(session, cast.stan, order, BEARING, new_id(), instead=SEALED))
    come(session, cast, asked(session, cast)[0], Portion(sealed, 1_000))
    receive(session, cast, 1, van_of(cast.ivy.person_id))
    hand_over(session, cast, order, cast.bo)
    [short] = parts.missing_parts(session, cast.sue, order)
    assert (held(session, cast, order), short.milli) == ([0], 1_000)
    assert {move.source for move in short.instead} == {van_of(cast.ada.person_id)}
    run_write(session, lambda: parts.ask_for_missing(session, cast.stan, order, BEARING, new_id(), instead=SEALED))
    hand_over(session, cast, order, cast.ada)
    [short] = parts.missing_parts(session, cast.sue, order)
    assert (asked(session, cast), short.coming) == ([], ())


def test_nobody_asks_for_another_organisations_order(empty: Workshop, cast: Cast, visit: Visit) -> None:
    order, cy = empty.open_order(cast.ada), visit(cast.cy)
    body = {"key": new_id(), "number": BEARING}
    assert cy.send("POST", f"/api/v1/orders/{order}/parts/ask", json=body).status_code == 404
    visit(cast.ada).send("POST", f"/api/v1/orders/{order}/parts/ask", json=body)
    [bought] = (visit(cast.stan).get("/api/v1/purchase-list").json or {})["purchases"]
    assert cy.send("POST", f"/api/v1/purchase-list/{bought['id']}", json={"ordered": True}).status_code in (403, 404)
    assert (visit(cast.olive).get("/api/v1/purchase-list").json or {})["purchases"][0]["ordered_at"] is None
