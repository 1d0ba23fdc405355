"""The storekeeper's desk: slips that grow by scanning, and are booked once."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import desk, histories, services
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import QUARANTINE, SCRAP, WAREHOUSE, order_location, van_of
from mendloop.inventory.models import Part, StockMovement
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt
from mendloop.inventory.spelling import serials_in
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, put_up
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

Visit = Callable[..., Visitor]
KEY = "a-key-of-the-page"


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with session_for(database, cast.stan) as opened:
        yield opened


@pytest.fixture
def seal(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        return services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"}, packs={"box": 10})


@pytest.fixture
def board(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        return services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)


@pytest.fixture
def stan(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.stan)


def line(part: Part, quantity: str = "1", **more: str) -> dict[str, str]:
    return {"part": part.id, "quantity": quantity, "unit": part.unit, "cost": "0", "lot": "", "serials": "", **more}


def send(visitor: Visitor, act: str, *lines: dict[str, str], **head: str) -> TestResponse:
    """One slip, as a browser sends it."""
    columns: dict[str, Any] = {}
    for each in lines:
        for name, value in each.items():
            columns.setdefault(name, []).append(value)
    usual = {"key": KEY, "source": WAREHOUSE, "target": WAREHOUSE}
    return visitor.submit(f"/stock/desk/{act}", {**usual, **columns, **head})


def book(visitor: Visitor, act: str, *lines: dict[str, str], **head: str) -> TestResponse:
    return send(visitor, act, *lines, **{"book": "y", **head})


def balances(session: Session, cast: Cast, part: Part) -> dict[str, tuple[int, int]]:
    session.rollback()
    return {
        each.location: (each.milli, each.value)
        for each in services.stock_lines(session, cast.stan)
        if each.part.id == part.id
    }


def count_movements(session: Session, cast: Cast) -> int:
    session.rollback()
    mine = StockMovement.organisation_id == cast.stan.organisation_id
    return session.execute(select(func.count()).select_from(StockMovement).where(mine)).scalar_one()


def test_serial_numbers_are_told_apart_by_lines_and_commas_and_keep_their_spaces() -> None:
    written = "SN 1\r\nSN  2, SN 3，\u3000SN-4 、SN 5; ;\n\n"
    assert serials_in(written) == ["SN 1", "SN  2", "SN 3", "SN-4", "SN 5"]


def test_what_a_supplier_delivers_is_received_with_what_it_cost(
    session: Session, cast: Cast, stan: Visitor, seal: Part, board: Part
) -> None:
    answer = book(
        stan,
        "receive",
        line(seal, "2", unit="box", cost="33.34", lot="L-9"),
        line(board, "3", cost="100.00", serials="A\nB\nC"),
    )
    assert answer.status_code == 302, answer.text
    assert balances(session, cast, seal)[WAREHOUSE] == (20_000, 33_34)
    assert balances(session, cast, board)[WAREHOUSE] == (3_000, 100_00)
    assert [each.serial for each in histories.serials_of(session, cast.stan, board.id, [WAREHOUSE])] == ["A", "B", "C"]
    page = stan.get(answer.headers["Location"]).text
    assert "33.34" in page
    assert "Next one" in page


def test_a_slip_that_is_sent_twice_is_one_movement(session: Session, cast: Cast, stan: Visitor, seal: Part) -> None:
    first, second = (book(stan, "receive", line(seal, "5")) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert balances(session, cast, seal)[WAREHOUSE] == (5_000, 0)
    again = book(stan, "scrap", line(seal, "5"), reason="broken", key="another-key")
    assert again.status_code == 302
    assert book(stan, "scrap", line(seal, "5"), reason="broken", key="another-key").status_code == 302
    assert count_movements(session, cast) == 2


def test_the_same_key_with_another_slip_is_refused(session: Session, cast: Cast, stan: Visitor, seal: Part) -> None:
    book(stan, "receive", line(seal, "5"))
    answer = book(stan, "receive", line(seal, "6"))
    assert answer.status_code == 409
    assert "another movement" in answer.text
    assert balances(session, cast, seal)[WAREHOUSE] == (5_000, 0)


def test_a_scanned_number_becomes_a_line_and_then_one_more(stan: Visitor, seal: Part) -> None:
    page = send(stan, "receive", scan="seal-1").text
    assert re.search(r'name="quantity" value="1"', page)
    page = send(stan, "receive", line(seal, "1"), scan="SEAL-1").text
    assert re.search(r'name="quantity" value="2"', page)
    assert page.count('name="part"') == 1
    page = send(stan, "receive", line(seal, "2"), drop="0").text
    assert 'name="part"' not in page


def test_a_serial_number_with_a_space_stays_one_from_receipt_to_scan(
    stan: Visitor, board: Part, session: Session, cast: Cast
) -> None:
    assert book(stan, "receive", line(board, "2", serials="SN 1\nSN 2")).status_code == 302
    page = send(stan, "move", scan=" sn 2 ").text
    assert ">SN 2</textarea>" in page
    assert 'name="quantity" value="1"' in page
    assert "commas between; spaces are part of them" in page
    answer = send(stan, "receive", line(board, serials="SN 3"), scan="SN 4,SN 5")
    assert (answer.status_code, "SN 4,SN 5" in answer.text) == (422, True)
    for serial in ("SN 1", "SN 2"):
        assert services.serial_place(session, cast.stan, board.id, serial) == WAREHOUSE


def test_numbers_that_follow_a_tracked_part_are_its_serial_numbers(stan: Visitor, board: Part) -> None:
    page = send(stan, "receive", line(board), scan="SN-1").text
    assert "SN-1</textarea>" in page
    page = send(stan, "receive", line(board, serials="SN-1"), scan="SN-2").text
    assert 'name="quantity" value="2"' in page
    answer = send(stan, "receive", line(board, serials="SN-1"), scan="SN-1")
    assert answer.status_code == 422
    assert "on the slip already" in answer.text


def test_an_unknown_number_is_told_and_offered_as_a_new_part(stan: Visitor, seal: Part) -> None:
    answer = send(stan, "receive", line(seal, "7"), scan="NEW-1")
    assert answer.status_code == 422
    assert "/stock/parts/new?number=NEW-1" in answer.text
    assert 'name="quantity" value="7"' in answer.text


def test_everything_that_is_wrong_on_a_slip_is_told_at_once(
    session: Session, cast: Cast, stan: Visitor, seal: Part, board: Part
) -> None:
    answer = book(
        stan,
        "receive",
        line(seal, "two"),
        line(seal, "1", cost="1.234"),
        line(board, "2", serials="A"),
        line(board, "1"),
        line(seal, "1", unit="barrel"),
    )
    assert answer.status_code == 422
    for words in (
        "“two” is no quantity",
        "1.234",
        "2 of it, but 1 serial",
        "Scan the serial number of each MB-1",
        "barrel",
    ):
        assert words in answer.text
    assert count_movements(session, cast) == 0


def test_what_is_not_there_is_refused_with_what_there_is(
    session: Session, cast: Cast, stan: Visitor, seal: Part, board: Part
) -> None:
    book(stan, "receive", line(seal, "3"))
    lines = (line(seal, "5"), line(board, "1", serials="A"))
    answer = book(stan, "move", *lines, key="the-second", target=van_of(cast.ada.person_id))
    assert answer.status_code == 409
    assert "SEAL-1: 5 wanted, 3 free there" in answer.text
    assert "MB-1: 1 wanted, 0 free there" in answer.text
    assert balances(session, cast, seal)[WAREHOUSE] == (3_000, 0)


def test_a_serial_number_that_is_in_stock_cannot_come_again(
    session: Session, cast: Cast, stan: Visitor, board: Part
) -> None:
    book(stan, "receive", line(board, "1", serials="A"))
    answer = book(stan, "receive", line(board, "1", serials="A"), key="the-second")
    assert answer.status_code == 409
    assert "in stock already" in answer.text


def test_an_order_is_issued_parts_and_gives_back_what_it_did_not_need(
    session: Session, cast: Cast, database: Database, stan: Visitor
) -> None:
    order_id = put_up(database, cast).open_order(cast.ada)
    session.rollback()
    number = orders.access_work_order(session, cast.stan, order_id).number
    bearing = services.parts_by_number(session, cast.stan, [BEARING])[BEARING]
    too_much = book(stan, "issue", line(bearing, "3"), order=number.lower())
    assert too_much.status_code == 422
    assert f"More of {BEARING} than is planned: 1 may still come." in too_much.text
    assert "Issue it all the same" in too_much.text
    assert services.unsettled(session, cast.stan, order_id) == []
    assert send(stan, "issue", line(bearing, "3"), order=number.lower(), book="extra").status_code == 302
    assert balances(session, cast, bearing)[order_location(order_id)][0] == 3_000
    page = stan.get(f"/stock/desk/return?order={number}").text
    assert "What the order has" in page
    assert BEARING in page
    answer = book(stan, "return", line(bearing, "2"), order=number, key="the-second")
    assert answer.status_code == 302
    assert balances(session, cast, bearing)[order_location(order_id)][0] == 1_000
    answer = book(stan, "return", line(bearing, "2"), order=number, key="the-third")
    assert answer.status_code == 409
    assert "1 free there" in answer.text


def test_a_part_that_is_not_meant_for_an_order_is_refused_at_the_desk_with_what_is(
    session: Session, cast: Cast, database: Database, stan: Visitor, seal: Part
) -> None:
    order_id = put_up(database, cast).open_order(cast.ada)
    session.rollback()
    number = orders.access_work_order(session, cast.stan, order_id).number
    answer = book(stan, "issue", line(seal, "1"), order=number)
    assert answer.status_code == 422
    assert f"{seal.number} is not meant for this order. Expected: {BEARING}" in answer.text
    assert services.unsettled(session, cast.stan, order_id) == []


def test_a_part_that_an_order_never_had_does_not_come_back_from_it(
    session: Session, cast: Cast, database: Database, stan: Visitor, seal: Part
) -> None:
    order_id = put_up(database, cast).open_order(cast.ada)
    session.rollback()
    number = orders.access_work_order(session, cast.stan, order_id).number
    bearing = services.parts_by_number(session, cast.stan, [BEARING])[BEARING]
    book(stan, "issue", line(bearing, "1"), order=number)
    answer = send(stan, "return", order=number, scan="SEAL-1")
    assert answer.status_code == 422
    assert f"The order has no SEAL-1. It has: {BEARING}." in answer.text


def test_nothing_is_issued_to_no_order_or_a_closed_one(
    session: Session, cast: Cast, database: Database, stan: Visitor
) -> None:
    order_id = put_up(database, cast).open_order(cast.ada)
    bearing = services.parts_by_number(session, cast.stan, [BEARING])[BEARING]
    with session_for(database, cast.sue) as other, write_transaction(other):
        orders.cancel_work_order(other, cast.sue, order_id, "customer changed their mind")
        number = orders.access_work_order(other, cast.sue, order_id).number
    assert "is closed" in book(stan, "issue", line(bearing, "1"), order=number).text
    assert "no work order X-1" in book(stan, "issue", line(bearing, "1"), order="X-1").text


def test_scrap_needs_a_reason_and_old_parts_are_decided_on(
    session: Session, cast: Cast, stan: Visitor, seal: Part
) -> None:
    with write_transaction(session):
        desk.receive(session, cast.stan, Portion(seal, 4_000), 40_00)
        desk.move(session, cast.stan, [Portion(seal, 3_000)], WAREHOUSE, QUARANTINE)
    assert book(stan, "scrap", line(seal)).status_code == 422
    assert book(stan, "scrap", line(seal), reason="expired").status_code == 302
    assert "What waits there" in stan.get("/stock/desk/decide").text
    decide = {"source": QUARANTINE, "reason": "warranty"}
    assert book(stan, "decide", line(seal), key="decide-1", target="supplier", **decide).status_code == 302
    assert book(stan, "decide", line(seal), key="decide-2", target=WAREHOUSE, **decide).status_code == 302
    found = balances(session, cast, seal)
    assert (found[WAREHOUSE], found[QUARANTINE], found[SCRAP]) == ((1_000, 10_00), (1_000, 10_00), (1_000, 10_00))
    assert as_bytes(live(session, cast.stan)) == as_bytes(rebuilt(session, cast.stan))


def test_a_receipt_says_what_it_cost_or_that_nobody_knows_yet(
    session: Session, database: Database, visit: Visit, cast: Cast, stan: Visitor, seal: Part
) -> None:
    refused = book(stan, "receive", line(seal, "2", cost=""))
    assert refused.status_code == 422
    assert "SEAL-1: say what it cost" in refused.text
    assert "either a cost" in book(stan, "receive", line(seal, "2", cost="1", unknown="y")).text
    assert book(stan, "receive", line(seal, "2", cost="0"), key="for-nothing").status_code == 302
    assert book(stan, "receive", line(seal, "3", cost="10.00"), key="for-ten-00").status_code == 302
    answer = book(stan, "receive", line(seal, "1", cost="", unknown="y"), key="nobody-knows")
    assert "cost not known yet" in stan.get(answer.headers["Location"]).text
    assert book(stan, "receive", line(seal, "1", cost="", unknown="y"), key="nobody-knows").status_code == 302
    assert balances(session, cast, seal)[WAREHOUSE] == (6_000, 10_00 + 3_33)
    order = put_up(database, cast).open_order()
    with session_for(database, cast.stan) as other, write_transaction(other):
        desk.issue(other, cast.stan, order, [Portion(seal, 1_000)], WAREHOUSE)
        now = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
        facts = [services.PartFact("GHOST-1", 1_000, "used"), services.PartFact(BEARING, 1_000, "used")]
        services.book_parts(other, cast.stan, cast.ada.person_id, order, "repair#1", now, facts)
        ghost = services.parts_by_number(other, cast.stan, ["GHOST-1"])["GHOST-1"]
        assert services.doubtful_costs(other, cast.stan, order) == {seal.id: "estimated", ghost.id: "unknown"}
        desk.use(other, cast.stan, order, [Portion(seal, 1_000)])
    page = visit(cast.sue).get(f"/orders/{order}/costs").text
    assert "Cost estimated" in page
    assert "Cost not known" in page
    assert as_bytes(live(session, cast.stan)) == as_bytes(rebuilt(session, cast.stan))


def test_a_short_order_number_or_a_scanned_one_is_the_whole_one(
    session: Session, cast: Cast, database: Database, stan: Visitor
) -> None:
    order_id = put_up(database, cast).open_order(cast.ada)
    session.rollback()
    number = orders.access_work_order(session, cast.stan, order_id).number
    year, _, last = number.partition("-")
    assert f'<option value="{number}">' in stan.get("/stock/desk/issue").text
    for written in (str(int(last)), f"{year}-{int(last)}", f" {number} "):
        page = send(stan, "issue", order=written).text
        assert f'name="order" value="{number}"' in page
        assert "Held for this order" in page
    assert f'name="order" value="{number}"' in send(stan, "issue", order="", scan=number).text
    assert 'name="order" value="99999"' in send(stan, "issue", order="99999").text


def test_what_an_order_has_is_taken_onto_the_slip_whole(
    session: Session, cast: Cast, database: Database, stan: Visitor
) -> None:
    order_id = put_up(database, cast).open_order(cast.ada)
    session.rollback()
    number = orders.access_work_order(session, cast.stan, order_id).number
    bearing = services.parts_by_number(session, cast.stan, [BEARING])[BEARING]
    send(stan, "issue", line(bearing, "3"), order=number, book="extra")
    for _ in range(2):
        page = send(stan, "return", order=number, take=bearing.id).text
        assert 'name="quantity" value="3"' in page


def test_parts_with_serial_numbers_are_asked_for_them(session: Session, cast: Cast, stan: Visitor, board: Part) -> None:
    book(stan, "receive", line(board, "1", serials="A"))
    answer = book(stan, "scrap", line(board), reason="broken", key="the-second")
    assert answer.status_code == 422
    assert "Scan the serial number of each MB-1" in answer.text


def test_another_store_can_be_sent_to(visit: Visit, cast: Cast, stan: Visitor) -> None:
    assert stan.submit("/stock/warehouses", {"name": "北仓 2"}).status_code == 302
    assert 'value="warehouse:北仓 2"' in stan.get("/stock/desk/receive").text
    assert stan.submit("/stock/warehouses", {"name": "a:b"}).status_code == 422
    assert visit(cast.ada).submit("/stock/warehouses", {"name": "mine"}).status_code == 403


def test_only_who_keeps_stock_is_at_the_desk(visit: Visit, cast: Cast, seal: Part) -> None:
    for actor in (cast.ada, cast.vera, cast.dee):
        assert visit(actor).get("/stock/desk").status_code == 403
        assert book(visit(actor), "receive", line(seal)).status_code == 403
    assert book(visit(cast.cy), "receive", line(seal)).status_code == 404
    assert visit(cast.stan).get("/stock/desk/steal").status_code == 404
    for place in ("supplier", "order:1", "van:nobody"):
        answer = book(visit(cast.stan), "move", line(seal), target=place)
        assert answer.status_code == 422
        assert "Choose one of the places" in answer.text
