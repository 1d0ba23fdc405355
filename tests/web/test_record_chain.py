"""The record: verified by its chain, append-only, and the truth from which all that is read can be made again."""

import json
from collections.abc import Callable

import pytest
from mendloop.database import Database, session_for, write_transaction
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import Phone, Workshop, finish_repair, inspect, put_up, work_to_repair
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from mendloop.work_orders.models import OrderEvent
from mendloop.work_orders.rebuilding import read_model_bytes
from mendloop.work_orders.store import VISITS
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def order(workshop: Workshop, visit: Visit, cast: Cast) -> str:
    """An order with rework, a finding, a pause, a discrepancy, and a step that is running with a draft."""
    made = workshop.open_order(cast.ada)
    ada, ivy = Phone(visit(cast.ada)), Phone(visit(cast.ivy))
    work_to_repair(ada, made)
    ada.do("PauseStep", made, visit="repair#1", reason="waiting_parts", note="二号库")
    ada.do("ResumeStep", made, visit="repair#1")
    ada.do("ReportFinding", made, visit="repair#1", text="Seal weeps", severity="minor")
    finish_repair(ada, made, quantity=11)
    inspect(ivy, made, "inspect#1", "rejected")
    ada.do("StartStep", made, visit="repair#2")
    ada.do("RecordAnswers", made, visit="repair#2", answers={"checks": {"greased": {"result": "ok"}}})
    return made


def without_triggers(session: Session) -> None:
    """What somebody with the database's own password could do."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET session_replication_role = replica"))
        return
    names = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    for name in names:
        session.execute(text(f'DROP TRIGGER "{name}"'))


def verdict(database: Database, cast: Cast, order: str) -> int | None:
    with session_for(database, cast.sue) as session:
        found = orders.access_work_order(session, cast.sue, order)
        return orders.verify_record(session, cast.sue, found).broken_at


def test_the_chain_of_a_whole_record_verifies(database: Database, cast: Cast, order: str) -> None:
    assert verdict(database, cast, order) is None


def test_events_cannot_be_changed_or_deleted(database: Database, cast: Cast, order: str) -> None:
    mine = (OrderEvent.organisation_id == cast.sue.organisation_id, OrderEvent.order_id == order)
    for statement in (update(OrderEvent).where(*mine).values(type="Nothing"), delete(OrderEvent).where(*mine)):
        with session_for(database, cast.sue) as session, pytest.raises(DBAPIError), write_transaction(session):
            session.execute(statement)


@pytest.mark.parametrize(
    ("column", "value"),
    [("event", "changed"), ("hash", "0" * 64), ("prev", "0" * 64), ("command_id", "another"), ("sequence", 99)],
)
def test_a_change_to_any_column_is_found(
    database: Database, cast: Cast, order: str, column: str, value: str | int
) -> None:
    with session_for(database, cast.sue) as session, write_transaction(session):
        without_triggers(session)
        row = session.get(OrderEvent, (cast.sue.organisation_id, order, 5))
        assert row is not None
        changed = json.dumps({**json.loads(row.event), "by": "somebody else"}) if value == "changed" else value
        mine = (OrderEvent.organisation_id == cast.sue.organisation_id, OrderEvent.order_id == order)
        session.execute(update(OrderEvent).where(*mine, OrderEvent.sequence == 5).values({column: changed}))
    assert verdict(database, cast, order) == 5


@pytest.mark.parametrize("sequence", [1, 7, -1])
def test_a_missing_event_is_found_also_the_last_one(database: Database, cast: Cast, order: str, sequence: int) -> None:
    with session_for(database, cast.sue) as session, write_transaction(session):
        without_triggers(session)
        last = orders.access_work_order(session, cast.sue, order).revision
        mine = (OrderEvent.organisation_id == cast.sue.organisation_id, OrderEvent.order_id == order)
        session.execute(delete(OrderEvent).where(*mine, OrderEvent.sequence == (last if sequence < 0 else sequence)))
    assert verdict(database, cast, order) is not None


def test_read_models_made_again_from_events_are_the_same_bytes(database: Database, cast: Cast, order: str) -> None:
    with session_for(database, cast.sue) as session:
        found = orders.access_work_order(session, cast.sue, order)
        before = read_model_bytes(session, cast.sue, found)
        with write_transaction(session):
            mine = (VISITS.c.organisation_id == cast.sue.organisation_id, VISITS.c.order_id == order)
            session.execute(update(VISITS).where(*mine).values(answers="{}", worked_ms=1))
        assert read_model_bytes(session, cast.sue, found) != before
        with write_transaction(session):
            orders.rebuild_read_models(session, cast.sue, found)
        assert read_model_bytes(session, cast.sue, found) == before


def test_the_api_gives_all_events_with_hashes(visit: Visit, cast: Cast, order: str) -> None:
    answer = visit(cast.sue).get(f"/api/v1/orders/{order}/events").json
    assert answer is not None
    assert answer["verified"] is True
    assert [event["sequence"] for event in answer["events"]] == list(range(1, answer["revision"] + 1))
    assert answer["events"][-1]["hash"] == answer["head"]
