"""A scan of a count is one scan, however often it is told, and whoever else scans at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from mendloop.database import Database, run_write, session_for, write_transaction
from mendloop.inventory import count_scans, counts, desk, services
from mendloop.inventory.desk import Portion
from mendloop.inventory.locations import QUARANTINE, WAREHOUSE
from mendloop.inventory.models import Part
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
        return services.create_part(session, cast.stan, "SEAL-1", {"en": "Seal"})


@pytest.fixture
def board(session: Session, cast: Cast) -> Part:
    with write_transaction(session):
        part = services.create_part(session, cast.stan, "MB-1", {"en": "Board"}, serial_tracked=True)
        desk.receive(session, cast.stan, Portion(part, 1_000, "A"), 5_00)
    return part


@pytest.fixture
def count_id(session: Session, cast: Cast) -> str:
    with write_transaction(session):
        return counts.open_count(session, cast.stan, WAREHOUSE).id


def counted(session: Session, cast: Cast, count_id: str) -> dict[str, int]:
    session.rollback()
    found = counts.lines_of(session, cast.stan, counts.access_count(session, cast.stan, count_id))
    return {each.part.number: each.line.counted for each in found}


def test_a_scan_whose_answer_was_lost_is_told_again_and_counts_once(
    session: Session, visit: Visit, cast: Cast, count_id: str, seal: Part, board: Part
) -> None:
    path = f"/stock/counts/{count_id}"
    for key, code in (("first", "SEAL-1"), ("first", "SEAL-1"), ("second", "SEAL-1"), ("third", "A"), ("third", "A")):
        answer = visit(cast.stan).submit(path, {"scan": code, "scan_key": key})
        assert answer.status_code == 200
        assert 'class="notice bad' not in answer.text
    assert counted(session, cast, count_id) == {"SEAL-1": 2_000, "MB-1": 1_000}


def test_the_mark_of_one_scan_is_no_other_code(
    session: Session, visit: Visit, cast: Cast, count_id: str, seal: Part, board: Part
) -> None:
    path = f"/stock/counts/{count_id}"
    visit(cast.stan).submit(path, {"scan": "SEAL-1", "scan_key": "one"})
    refused = visit(cast.stan).submit(path, {"scan": "A", "scan_key": "one"})
    assert refused.status_code == 409
    assert "Scan it again" in refused.text
    assert counted(session, cast, count_id) == {"SEAL-1": 1_000}


def test_a_scan_that_was_refused_may_be_told_again_once_the_part_is_entered(
    session: Session, visit: Visit, cast: Cast, count_id: str
) -> None:
    path, scan = f"/stock/counts/{count_id}", {"scan": "LATE-1", "scan_key": "one"}
    assert visit(cast.stan).submit(path, scan).status_code == 422
    with write_transaction(session):
        services.create_part(session, cast.stan, "LATE-1", {"en": "Entered late"})
    assert visit(cast.stan).submit(path, scan).status_code == 200
    assert counted(session, cast, count_id) == {"LATE-1": 1_000}


def test_every_page_of_a_count_has_a_mark_of_its_own(visit: Visit, cast: Cast, count_id: str, seal: Part) -> None:
    """So that a form that is sent twice without the script, by a double tap, counts once."""
    path = f"/stock/counts/{count_id}"
    marks = {visit(cast.stan).get(path).text.split('name="scan_key" value="')[1][:36] for _ in range(2)}
    assert len(marks) == 2


def test_nothing_is_lost_where_two_scan_at_the_same_moment(
    database: Database, session: Session, cast: Cast, count_id: str, seal: Part
) -> None:
    def scan_ten(name: str) -> None:
        with session_for(database, cast.stan) as own:
            for number in range(10):
                for _ in range(2):
                    run_write(own, lambda: count_scans.scan(own, cast.stan, count_id, "SEAL-1", f"{name} {number}"))  # noqa: B023

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(scan_ten, "abc"))
    assert counted(session, cast, count_id) == {"SEAL-1": 30_000}


def test_two_who_begin_at_the_same_moment_count_together(database: Database, session: Session, cast: Cast) -> None:
    def begin(_: int) -> str:
        with session_for(database, cast.stan) as own:
            return run_write(own, lambda: counts.open_count(own, cast.stan, QUARANTINE).id)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(begin, range(4)))) == 1


def test_what_is_scanned_while_somebody_books_is_booked_or_refused(
    database: Database, session: Session, cast: Cast, count_id: str, seal: Part
) -> None:
    with write_transaction(session):
        count_scans.scan(session, cast.stan, count_id, "SEAL-1")

    def scan(number: int) -> bool:
        with session_for(database, cast.stan) as own:
            try:
                run_write(own, lambda: count_scans.scan(own, cast.stan, count_id, "SEAL-1", f"late {number}"))
            except Conflict:
                return False
        return True

    def book(_: int) -> bool:
        with session_for(database, cast.stan) as own:
            run_write(own, lambda: counts.book(own, cast.stan, count_id, {seal.id: "found"}))
        return False

    with ThreadPoolExecutor(4) as pool:
        taken = sum(pool.map(lambda number: book(number) if number == 4 else scan(number), range(9)))
    session.rollback()
    assert {line.location: line.milli for line in services.stock_lines(session, cast.stan)}[WAREHOUSE] == (
        1_000 + taken * 1_000
    )


def test_a_serial_number_is_counted_with_its_spaces_and_none_has_a_comma(
    session: Session, cast: Cast, count_id: str, board: Part
) -> None:
    for code in ("MB-1", "SN 1"):
        with write_transaction(session):
            count_scans.scan(session, cast.stan, count_id, code)
    with pytest.raises(Refusal, match="code_unknown"), write_transaction(session):
        count_scans.scan(session, cast.stan, count_id, "SN 2,SN 3")
    [line] = counts.lines_of(session, cast.stan, counts.access_count(session, cast.stan, count_id))
    assert (line.line.serials, line.line.counted) == (["SN 1"], 1_000)
