"""One short write transaction per command."""

import threading

import pytest
from mendloop.accounts.models import Organisation, Person
from mendloop.database import Database, new_id, open_session, run_write, session_for, write_transaction
from mendloop.database.queue import FairLock
from mendloop.library.models import Product
from mendloop.library.services import list_products, product_by_key
from mendloop.testing.cast import Cast
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Name = Organisation.name


def test_data_cannot_be_changed_outside_of_a_write_transaction(database: Database, cast: Cast) -> None:
    with session_for(database, cast.ada) as session:
        session.execute(select(Person)).scalars().first()
        with pytest.raises(RuntimeError):
            session.execute(update(Person).values(name="x"))
        session.add(Organisation(id=new_id(), name="x"))
        with pytest.raises(RuntimeError):
            session.flush()


def rename_and_fail(session: Session) -> None:
    """Its own transaction ends well, what is around it does not."""
    with write_transaction(session):
        session.execute(update(Person).values(name="x"))
    raise ZeroDivisionError


def fail_after(_done: object) -> None:
    raise ZeroDivisionError


def test_an_exception_takes_everything_back(database: Database, cast: Cast) -> None:
    with session_for(database, cast.ada) as session:
        with pytest.raises(ZeroDivisionError), write_transaction(session):
            fail_after(session.execute(update(Person).values(name="x")))
        assert "x" not in session.execute(select(Person.name)).scalars().all()


def test_a_transaction_inside_another_joins_it(database: Database, cast: Cast) -> None:
    with session_for(database, cast.ada) as session:
        with pytest.raises(ZeroDivisionError), write_transaction(session):
            rename_and_fail(session)
        assert "x" not in session.execute(select(Person.name)).scalars().all()


def test_what_was_read_before_is_read_again_inside(database: Database, cast: Cast) -> None:
    with session_for(database, cast.ada) as mine, session_for(database, cast.ada) as theirs:
        person = mine.get(Person, (cast.ada.organisation_id, cast.ada.person_id))
        assert person
        assert person.name == "Ada"
        with write_transaction(theirs):
            theirs.execute(update(Person).where(Person.id == cast.ada.person_id).values(name="Ada B"))
        with write_transaction(mine):
            assert person.name == "Ada B"


def test_twenty_threads_that_count_lose_no_step(database: Database, cast: Cast) -> None:
    """Read, add, write: the very pattern that a deferred transaction gets wrong."""
    with session_for(database, cast.ada) as session, write_transaction(session):
        session.execute(update(Person).values(name="0"))
    mistakes: list[BaseException] = []

    def count() -> None:
        try:
            for _ in range(5):
                with session_for(database, cast.ada) as session:
                    run_write(session, lambda: add_one(session, cast))
        except BaseException as mistake:  # noqa: BLE001 - whatever it is, the test must show it
            mistakes.append(mistake)

    threads = [threading.Thread(target=count) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mistakes == []
    with session_for(database, cast.ada) as session:
        assert session.execute(select(Person.name).where(Person.id == cast.ada.person_id)).scalar() == "100"


def add_one(session: Session, cast: Cast) -> None:
    query = select(Person).where(Person.id == cast.ada.person_id).with_for_update()
    person = session.execute(query).scalar_one()
    person.name = str(int(person.name) + 1)


def test_sqlite_keeps_what_it_acknowledged(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("these settings are SQLite's own")
    with open_session(database) as session:
        settings = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")}
        assert settings == {"journal_mode": "wal", "synchronous": 2}
        assert session.execute(text("PRAGMA busy_timeout")).scalar() == 10_000
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_foreign_keys_hold(database: Database, cast: Cast) -> None:
    stray = {"organisation_id": cast.ada.organisation_id, "id": new_id(), "name": "x"}
    with session_for(database, cast.ada) as session, pytest.raises(DBAPIError), write_transaction(session):
        session.execute(insert(Person), [stray])


def test_waiting_threads_are_served_in_order() -> None:
    lock, served, ready = FairLock(), list[int](), threading.Event()
    assert lock.acquire(1)

    def wait(number: int) -> None:
        ready.set()
        assert lock.acquire(10)
        served.append(number)
        lock.release()

    threads = []
    for number in range(8):
        ready.clear()
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        ready.wait()
        while len(lock._waiting) <= number:
            pass
    lock.release()
    for thread in threads:
        thread.join()
    assert served == list(range(8))


def test_who_waits_too_long_leaves_the_queue() -> None:
    lock = FairLock()
    assert lock.acquire(1)
    assert not lock.acquire(0.01)
    lock.release()
    assert lock.acquire(0.01)


def test_ten_who_insert_what_is_missing_insert_it_once(database: Database, cast: Cast) -> None:
    mistakes: list[BaseException] = []

    def insert_if_missing(session: Session) -> None:
        # The row itself, not `add_product`: that looks a second time, and by then may see the row and refuse.
        if product_by_key(session, cast.sue, "pump") is None:
            session.add(
                Product(organisation_id=cast.sue.organisation_id, key="pump", title={"en": "Pump"}, active=True)
            )
            session.flush()

    def insist() -> None:
        try:
            with session_for(database, cast.sue) as session:
                run_write(session, lambda: insert_if_missing(session))
        except BaseException as mistake:  # noqa: BLE001 - whatever it is, the test must show it
            mistakes.append(mistake)

    threads = [threading.Thread(target=insist) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mistakes == []
    with session_for(database, cast.sue) as session:
        assert [product.key for product in list_products(session, cast.sue)] == ["pump"]
