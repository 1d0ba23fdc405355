"""Stock-taking by scanning: differences with reasons, beside what stock said when each line was counted."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mendloop.database import Database, session_for, write_transaction
from mendloop.inventory import count_scans, counts, desk, services
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import ADJUSTMENT, WAREHOUSE, van_of
from mendloop.inventory.models import Part
from mendloop.inventory.rebuilding import as_bytes, live, rebuilt
from mendloop.problems import Conflict, Refusal
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
        part = services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"})
        desk.receive(session, cast.stan, Portion(part, 10_000), 100_00)
    return part


@pytest.fixture
def board(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
        for serial in "ABC":
            desk.receive(session, cast.stan, Portion(part, 1_000, serial), 5_00)
    return part


def begin(session: Session, cast: Cast) -> str:
    with write_transaction(session):
        return counts.open_count(session, cast.stan, WAREHOUSE).id


def balances(session: Session, cast: Cast, part: Part) -> dict[str, int]:
    session.rollback()
    return {line.location: line.milli for line in services.stock_lines(session, cast.stan) if line.part.id == part.id}


def scan(session: Session, cast: Cast, count_id: str, *codes: str) -> None:
    for code in codes:
        with write_transaction(session):
            count_scans.scan(session, cast.stan, count_id, code)


def book(session: Session, cast: Cast, count_id: str, **reasons: str) -> None:
    with write_transaction(session):
        counts.book(session, cast.stan, count_id, reasons)


def test_a_difference_is_booked_with_its_reason_as_one_movement(
    session: Session, visit: Visit, cast: Cast, seal: Part, board: Part
) -> None:
    answer = visit(cast.stan).submit("/stock/counts", {"place": WAREHOUSE})
    path = answer.headers["Location"]
    assert visit(cast.stan).submit("/stock/counts", {"place": WAREHOUSE}).headers["Location"] == path
    for code in ("seal-1", "SEAL-1", "A", "C"):
        assert visit(cast.stan).submit(path, {"scan": code}).status_code == 200
    page = visit(cast.stan).submit(path, {"set": seal.id, f"q_{seal.id}": "8"}).text
    assert "-2" in page
    refused = visit(cast.stan).submit(path, {"book": "y"})
    assert refused.status_code == 422
    assert "SEAL-1: say why it differs" in refused.text
    assert "MB-1: say why it differs" in refused.text
    reasons = {f"reason_{seal.id}": "lost", f"reason_{board.id}": "not_booked"}
    for _ in range(2):
        assert visit(cast.stan).submit(path, {"book": "y", **reasons}).status_code == 302
    assert balances(session, cast, seal)[WAREHOUSE] == 8_000
    assert balances(session, cast, board)[WAREHOUSE] == 2_000
    assert services.serial_place(session, cast.stan, board.id, "B") == ADJUSTMENT
    page = visit(cast.sue).get(path).text
    assert "Lost" in page
    assert "booked" in page
    assert as_bytes(live(session, cast.stan)) == as_bytes(rebuilt(session, cast.stan))


def test_what_moves_after_a_line_was_counted_changes_no_difference(session: Session, cast: Cast, seal: Part) -> None:
    count_id = begin(session, cast)
    with write_transaction(session):
        counts.set_counted(session, cast.stan, count_id, seal.id, 9_000)
        desk.move(session, cast.stan, [Portion(seal, 4_000)], WAREHOUSE, van_of(cast.ada.person_id))
    book(session, cast, count_id, **{seal.id: "lost"})
    assert balances(session, cast, seal)[WAREHOUSE] == 5_000


def test_what_moves_while_a_line_is_counted_asks_for_the_whole_again(session: Session, cast: Cast, seal: Part) -> None:
    count_id = begin(session, cast)
    scan(session, cast, count_id, "SEAL-1")
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(seal, 1_000)], WAREHOUSE, van_of(cast.ada.person_id))
    scan(session, cast, count_id, "SEAL-1")
    with pytest.raises(Refusal, match="count_moved"):
        book(session, cast, count_id, **{seal.id: "lost"})
    with write_transaction(session):
        counts.set_counted(session, cast.stan, count_id, seal.id, 9_000)
    book(session, cast, count_id)
    assert balances(session, cast, seal)[WAREHOUSE] == 9_000


def test_a_difference_that_cannot_be_any_more_asks_to_count_again(session: Session, cast: Cast, seal: Part) -> None:
    count_id = begin(session, cast)
    with write_transaction(session):
        counts.set_counted(session, cast.stan, count_id, seal.id, 4_000)
        desk.move(session, cast.stan, [Portion(seal, 8_000)], WAREHOUSE, van_of(cast.ada.person_id))
    with pytest.raises(Conflict, match="count_overtaken"):
        book(session, cast, count_id, **{seal.id: "lost"})
    assert balances(session, cast, seal)[WAREHOUSE] == 2_000


def test_what_was_held_for_orders_and_is_not_there_is_held_no_longer(session: Session, cast: Cast, seal: Part) -> None:
    with write_transaction(session):
        services.reserve_part(session, cast.stan, "order-1", seal.id, 10_000, [WAREHOUSE])
    count_id = begin(session, cast)
    with write_transaction(session):
        counts.set_counted(session, cast.stan, count_id, seal.id, 3_000)
    book(session, cast, count_id, **{seal.id: "lost"})
    session.rollback()
    (line,) = [each for each in services.stock_lines(session, cast.stan) if each.location == WAREHOUSE]
    assert (line.milli, line.reserved) == (3_000, 3_000)


def test_a_serial_number_that_stock_has_elsewhere_is_moved_to_where_it_was_found(
    session: Session, cast: Cast, board: Part
) -> None:
    with write_transaction(session):
        desk.move(session, cast.stan, [Portion(board, 1_000, "A")], WAREHOUSE, van_of(cast.ada.person_id))
    count_id = begin(session, cast)
    scan(session, cast, count_id, "MB-1", "A", "B", "C", "NEW")
    book(session, cast, count_id, **{board.id: "not_booked"})
    assert balances(session, cast, board)[WAREHOUSE] == 4_000
    for serial in ("A", "B", "C", "NEW"):
        assert services.serial_place(session, cast.stan, board.id, serial) == WAREHOUSE


def test_what_has_serial_numbers_is_counted_by_them_though_nobody_told_them_yet(session: Session, cast: Cast) -> None:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "MB-2", {"en": "Board"}, serial_tracked=True)
        desk.receive(session, cast.stan, Portion(part, 3_000), 3_00)
    count_id = begin(session, cast)
    scan(session, cast, count_id, "mb-2", "A", "B")
    book(session, cast, count_id, **{part.id: "lost"})
    assert balances(session, cast, part)[WAREHOUSE] == 2_000
    count_id = begin(session, cast)
    with pytest.raises(Refusal, match="count_serials"), write_transaction(session):
        counts.set_counted(session, cast.stan, count_id, part.id, 2_000)


def test_what_nobody_counted_is_left_alone_until_it_is_said_to_be_gone(
    session: Session, visit: Visit, cast: Cast, seal: Part, board: Part
) -> None:
    count_id = begin(session, cast)
    page = visit(cast.stan).submit(f"/stock/counts/{count_id}", {"scan": "SEAL-1"}).text
    assert "Not counted yet" in page
    visit(cast.stan).submit(f"/stock/counts/{count_id}", {"rest": "y"})
    visit(cast.stan).submit(f"/stock/counts/{count_id}", {"set": seal.id, f"q_{seal.id}": "10"})
    book(session, cast, count_id, **{board.id: "lost"})
    assert WAREHOUSE not in balances(session, cast, board)
    assert balances(session, cast, seal)[WAREHOUSE] == 10_000


def test_an_engineer_counts_the_own_van_only(session: Session, visit: Visit, cast: Cast, seal: Part) -> None:
    own = visit(cast.ada).submit("/stock/counts", {"place": van_of(cast.ada.person_id)}).headers["Location"]
    assert visit(cast.ada).submit(own, {"scan": "SEAL-1"}).status_code == 200
    assert visit(cast.bo).get(own).status_code == 404
    assert visit(cast.bo).submit(own, {"book": "y"}).status_code == 404
    assert visit(cast.ada).submit("/stock/counts", {"place": WAREHOUSE}).status_code == 404
    assert visit(cast.ada).get("/stock/counts").status_code == 403
    assert "Van Ada" in visit(cast.sue).get("/stock/counts").text
    assert visit(cast.ada).submit(own, {"abandon": "y"}).status_code == 302
    assert visit(cast.ada).submit(own, {"scan": "SEAL-1"}).status_code == 409


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from("mcs"), st.integers(0, 12)), max_size=12))
def test_whatever_moves_meanwhile_the_difference_is_what_was_counted_less_what_stock_said(
    session: Session, cast: Cast, seal: Part, steps: list[tuple[str, int]]
) -> None:
    count_id, counted, van = begin(session, cast), None, van_of(cast.ada.person_id)
    for step, many in steps:
        there = balances(session, cast, seal).get(WAREHOUSE, 0)
        with write_transaction(session):
            if step == "c":
                counts.set_counted(session, cast.stan, count_id, seal.id, many * 1_000)
                counted = many * 1_000 - there
            elif step == "m" and 0 < many * 1_000 <= there:
                desk.move(session, cast.stan, [Portion(seal, many * 1_000)], WAREHOUSE, van)
            elif step == "s" and many:
                desk.receive(session, cast.stan, Portion(seal, many * 1_000), many)
    before = balances(session, cast, seal).get(WAREHOUSE, 0)
    try:
        book(session, cast, count_id, **{seal.id: "other"})
    except Refusal:
        assert counted is None or before + counted < 0
        with write_transaction(session):
            counts.drop(session, cast.stan, count_id)
        counted = 0
    assert balances(session, cast, seal).get(WAREHOUSE, 0) == before + (counted or 0)
