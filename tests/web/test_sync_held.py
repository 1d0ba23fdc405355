"""Held commands: what waits long for something of its phone stands on a page, with the reason, until that arrives."""

import datetime as dt
from collections.abc import Callable

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.sync.held import PATIENCE
from mendloop.sync.models import StoredCommand
from mendloop.sync.parked import PAGE
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import Phone, Workshop, photo_bytes, put_up, shot
from mendloop.testing.visitor import Visitor
from sqlalchemy import select, text, update

Visit = Callable[..., Visitor]
HELD = "/orders/parked?show=held"
LIST = "/orders/live?status=open"


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def order(workshop: Workshop, cast: Cast) -> str:
    return workshop.open_order(cast.ada)


@pytest.fixture
def ada(visit: Visit, cast: Cast) -> Phone:
    return Phone(visit(cast.ada))


@pytest.fixture
def sue(visit: Visit, cast: Cast) -> Visitor:
    return visit(cast.sue)


@pytest.fixture
def let_time_pass(database: Database, cast: Cast) -> Callable[[], None]:
    """Everything that is held came a little longer ago than anybody's patience lasts."""

    def age() -> None:
        with session_for(database, cast.sue) as session, write_transaction(session):
            earlier = StoredCommand.received_at
            for command_id, came in session.execute(select(StoredCommand.id, earlier)).all():
                before = came - PATIENCE - dt.timedelta(minutes=1)
                session.execute(update(StoredCommand).where(StoredCommand.id == command_id).values(received_at=before))

    return age


def answer_after_a_gap(ada: Phone, order: str) -> tuple[dict[str, object], dict[str, object]]:
    """The command that never came, and the one after it, which is held."""
    lost = ada.make("StartStep", order, visit="isolate#1")
    later = ada.make("ReportFinding", order, visit="isolate#1", text="Oil under the coupling", severity="minor")
    assert ada.send(later)[-1]["status"] == "held"
    return lost, later


def test_what_waits_for_an_entry_that_never_came_is_told_with_who_which_device_order_and_why(
    order: str, ada: Phone, sue: Visitor, let_time_pass: Callable[[], None]
) -> None:
    answer_after_a_gap(ada, order)
    let_time_pass()
    page = sue.get(HELD).text
    wanted = (
        "Ada",
        ada.device["id"],
        f'href="/orders/{order}"',
        "Report a finding",
        "Oil under the coupling",
        "An earlier entry (no. 1) has not arrived yet",
    )
    assert [words for words in wanted if words not in page] == []
    assert "Mark as settled" not in page
    assert 'Held back<span class="count warn">1<' in page


def test_the_page_speaks_chinese(order: str, ada: Phone, sue: Visitor, let_time_pass: Callable[[], None]) -> None:
    answer_after_a_gap(ada, order)
    let_time_pass()
    sue.submit("/language", {"language": "zh-CN"})
    page = sue.get(HELD).text
    assert "等待补齐" in page
    assert "前面的第 1 条记录还没到" in page


def test_nobody_is_told_of_what_has_just_come(order: str, ada: Phone, sue: Visitor) -> None:
    answer_after_a_gap(ada, order)
    assert "Nothing is held back" in sue.get(HELD).text
    assert "show=held" not in sue.get(LIST).text


def test_the_number_that_is_missing_is_the_one_that_is_missing_now(
    order: str, ada: Phone, sue: Visitor, let_time_pass: Callable[[], None]
) -> None:
    first = ada.make("StartStep", order, visit="isolate#1")
    ada.make("PauseStep", order, visit="isolate#1", reason="waiting_parts")
    third = ada.make("ReportFinding", order, visit="isolate#1", text="Oil", severity="minor")
    ada.send(third)
    ada.send(first)
    let_time_pass()
    assert "An earlier entry (no. 2) has not arrived yet" in sue.get(HELD).text


def test_what_arrives_late_takes_it_off_the_page(
    order: str, ada: Phone, sue: Visitor, let_time_pass: Callable[[], None]
) -> None:
    lost, _ = answer_after_a_gap(ada, order)
    let_time_pass()
    ada.send(lost)
    assert "Nothing is held back" in sue.get(HELD).text
    assert "Oil under the coupling" in sue.get(f"/orders/{order}").text


def test_what_waits_for_a_photo_is_told_too(
    order: str, ada: Phone, sue: Visitor, let_time_pass: Callable[[], None]
) -> None:
    ada.do("StartStep", order, visit="isolate#1")
    answers = {"before": shot("a" * 64)}
    assert ada.send(ada.make("CompleteStep", order, visit="isolate#1", answers=answers))[-1]["status"] == "held"
    let_time_pass()
    page = sue.get(HELD).text
    assert "Finish the step" in page
    assert "It waits and is not in the record yet" in page
    ada.upload(photo_bytes())
    assert "Finish the step" in sue.get(HELD).text


def test_the_list_of_orders_leads_to_it_as_long_as_it_waits(
    order: str, ada: Phone, sue: Visitor, let_time_pass: Callable[[], None]
) -> None:
    calm = sue.get(LIST)
    lost, _ = answer_after_a_gap(ada, order)
    let_time_pass()
    shown = sue.get(LIST, headers={"If-None-Match": calm.headers["ETag"]}).text
    assert "Entries that wait for something from their phone: 1." in shown
    assert 'href="/orders/parked?show=held"' in shown
    ada.send(lost)
    assert "show=held" not in sue.get(LIST).text


def test_an_entry_for_an_order_that_is_not_here_waits_readably(
    ada: Phone, sue: Visitor, workshop: Workshop, let_time_pass: Callable[[], None]
) -> None:
    nowhere = "01900000-0000-7000-8000-00000000beef"
    answer_after_a_gap(ada, nowhere)
    let_time_pass()
    page = sue.get(HELD).text
    assert "No such work order here" in page
    assert nowhere in page


def test_more_than_a_page_is_reached_page_by_page(
    order: str, ada: Phone, sue: Visitor, let_time_pass: Callable[[], None]
) -> None:
    ada.make("StartStep", order, visit="isolate#1")
    notes = [f"note{number:03d}" for number in range(PAGE + 5)]
    commands = [ada.make("ReportFinding", order, visit="isolate#1", text=note, severity="minor") for note in notes]
    ada.send(*commands)
    let_time_pass()
    first = sue.get(HELD).text
    beyond = max(str(command["id"]) for command in sorted(commands, key=lambda each: str(each["id"]))[:PAGE])
    assert f"beyond={beyond}" in first
    second = sue.get(f"{HELD}&beyond={beyond}").text
    assert [(note in first) + (note in second) for note in notes] == [1] * (PAGE + 5)


def test_only_the_own_organisation_reads_it_and_only_who_may(
    order: str, ada: Phone, visit: Visit, cast: Cast, let_time_pass: Callable[[], None]
) -> None:
    answer_after_a_gap(ada, order)
    let_time_pass()
    assert "Oil under the coupling" not in visit(cast.cy).get(HELD).text
    assert visit(cast.vera).get(HELD).status_code == 200
    assert visit(cast.ada).get(HELD).status_code == 403


QUERY = "SELECT count(*) FROM commands WHERE organisation_id = 'x' AND status = 'held' AND received_at < '2026-01-01'"


def test_it_is_found_by_its_own_index(database: Database, cast: Cast) -> None:
    with session_for(database, cast.sue) as session:
        if database.engine.dialect.name == "sqlite":
            plan = session.execute(text(f"EXPLAIN QUERY PLAN {QUERY}")).all()
        else:
            session.execute(text("SET LOCAL enable_seqscan = off"))  # a table of a few rows is read without any index
            plan = session.execute(text(f"EXPLAIN {QUERY}")).all()
    assert "ix_commands_held" in str(plan)
