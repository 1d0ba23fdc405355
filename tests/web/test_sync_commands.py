"""Commands from devices: each is decided once, answered for ever, and never lost."""

import hashlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from mendloop.database import Database, new_id, session_for
from mendloop.inventory import services as inventory
from mendloop.inventory.locations import DISCREPANCY
from mendloop.sync.models import ParkedCommand, StoredCommand
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import (
    Phone,
    Workshop,
    finish_repair,
    inspect,
    photo_bytes,
    put_up,
    shot,
    work_to_repair,
)
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders
from sqlalchemy import select

Visit = Callable[..., Visitor]


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
def ivy(visit: Visit, cast: Cast) -> Phone:
    return Phone(visit(cast.ivy))


def codes(answer: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in answer["problems"]]


def order_of(visitor: Visitor, order: str) -> dict[str, Any]:
    shown = visitor.get(f"/api/v1/orders/{order}").json
    assert shown is not None
    return dict(shown)


def parked(database: Database, cast: Cast) -> list[ParkedCommand]:
    with session_for(database, cast.sue) as session:
        statement = select(ParkedCommand).where(ParkedCommand.organisation_id == cast.sue.organisation_id)
        return list(session.execute(statement).scalars())


def test_a_whole_repair_with_rework_ends_repaired(order: str, ada: Phone, ivy: Phone) -> None:
    work_to_repair(ada, order)
    finish_repair(ada, order)
    inspect(ivy, order, "inspect#1", "rejected")
    ada.do("StartStep", order, visit="repair#2")
    finish_repair(ada, order, "repair#2")
    inspect(ivy, order, "inspect#2", "accepted")
    found = order_of(ada.visitor, order)
    assert (found["status"], found["outcome"]) == ("ended", "repaired")
    assert [visit["visit"] for visit in found["visits"]] == [
        "isolate#1",
        "measure#1",
        "repair#1",
        "inspect#1",
        "repair#2",
        "inspect#2",
    ]
    assert found["progress"]["done"] == found["progress"]["of"]


def test_an_answer_names_the_events_and_the_new_revision(order: str, ada: Phone) -> None:
    answer = ada.do("StartStep", order, visit="isolate#1")
    assert [event["type"] for event in answer["events"]] == ["StepStarted"]
    assert answer["revision"] == order_of(ada.visitor, order)["revision"]


def test_who_asks_is_the_sessions_word(order: str, ada: Phone, cast: Cast) -> None:
    command = ada.make("StartStep", order, visit="isolate#1", by=cast.bo.person_id, roles=["inspector"])
    [answer] = ada.send(command)
    assert answer["events"][0]["by"] == cast.ada.person_id


def test_the_same_command_again_gets_the_same_answer_and_happens_once(order: str, ada: Phone) -> None:
    command = ada.make("StartStep", order, visit="isolate#1")
    [first] = ada.send(command)
    [second] = ada.send(command)
    assert second == {**first, "status": "duplicate"}
    assert order_of(ada.visitor, order)["revision"] == first["revision"]


def test_the_same_id_with_other_content_is_a_conflict_and_is_parked(
    order: str, ada: Phone, database: Database, cast: Cast
) -> None:
    command = ada.make("StartStep", order, visit="isolate#1")
    ada.send(command)
    for _ in range(2):
        [answer] = ada.send({**command, "payload": {"visit": "measure#1"}})
        assert (answer["status"], codes(answer)) == ("conflict", ["command.id_reused"])
    assert [row.command_id for row in parked(database, cast)] == [command["id"]]


def test_commands_wait_for_the_one_before_and_are_then_applied_in_order(order: str, ada: Phone) -> None:
    first = ada.make("StartStep", order, visit="isolate#1")
    second = ada.make("PauseStep", order, visit="isolate#1", reason="waiting_parts")
    third = ada.make("ResumeStep", order, visit="isolate#1")
    assert [answer["status"] for answer in ada.send(third, second)] == ["held", "held"]
    answers = {answer["id"]: answer["status"] for answer in ada.send(first)}
    assert answers == {command["id"]: "applied" for command in (first, second, third)}
    assert ada.send(second)[0]["status"] == "duplicate"


def test_one_bad_command_does_not_stop_the_others(order: str, ada: Phone, workshop: Workshop, cast: Cast) -> None:
    other = workshop.open_order(cast.ada)
    commands = [
        ada.make("StartStep", order, visit="isolate#1"),
        ada.make("Explode", order),
        {**ada.make("StartStep", order), "payload": "no object"},
        {**ada.make("StartStep", order, visit="isolate#1"), "at": None},
        ada.make("StartStep", other, visit="isolate#1"),
    ]
    answers = {answer["id"]: answer for answer in ada.send(*commands)}
    assert [answers[command["id"]]["status"] for command in commands] == [
        "applied",
        "rejected",
        "rejected",
        "rejected",
        "applied",
    ]


def test_what_has_no_number_is_answered_without_stopping_the_others(order: str, ada: Phone) -> None:
    good = ada.make("StartStep", order, visit="isolate#1")
    answers = ada.send(good, {"id": "not an id"}, [], {**good, "id": new_id(), "sequence": -1})
    assert [answer["status"] for answer in answers] == ["applied", "rejected", "rejected", "rejected"]


def test_refused_on_the_revision_it_was_made_for_is_rejected_and_parked(
    order: str, ada: Phone, database: Database, cast: Cast
) -> None:
    revision = order_of(ada.visitor, order)["revision"]
    [answer] = ada.send(ada.make("StartStep", order, revision, visit="measure#1"))
    assert (answer["status"], codes(answer)) == ("rejected", ["visit.not_open"])
    assert [row.status for row in parked(database, cast)] == ["rejected"]


def test_refused_after_the_order_moved_on_is_a_conflict(order: str, ada: Phone, ivy: Phone) -> None:
    revision = order_of(ada.visitor, order)["revision"]
    ivy.do("StartStep", order, visit="isolate#1")
    [answer] = ada.send(ada.make("StartStep", order, revision, visit="isolate#1"))
    assert answer["status"] == "conflict"


def test_a_step_waits_for_its_photo_and_later_ones_of_the_order_wait_with_it(
    order: str, ada: Phone, workshop: Workshop, cast: Cast
) -> None:
    other = workshop.open_order(cast.ada)
    body = photo_bytes("orchid")
    name = hashlib.sha256(body).hexdigest()
    ada.do("StartStep", order, visit="isolate#1")
    completing = ada.make("CompleteStep", order, visit="isolate#1", answers={"before": shot(name)})
    starting = ada.make("StartStep", order, visit="measure#1")
    elsewhere = ada.make("StartStep", other, visit="isolate#1")
    answers = ada.send(completing, starting, elsewhere)
    assert [answer["status"] for answer in answers] == ["held", "held", "applied"]
    assert codes(answers[0]) == ["photo.missing_upload"]
    assert ada.put(body).status_code == 200
    assert [active["visit"] for active in order_of(ada.visitor, order)["active"]] == ["measure#1"]
    assert [answer["status"] for answer in ada.send(completing, starting)] == ["duplicate", "duplicate"]


def test_only_supervisors_assign_and_cancel(order: str, ada: Phone, visit: Visit, cast: Cast) -> None:
    asked: list[tuple[str, dict[str, Any]]] = [
        ("AssignOrder", {"person": cast.bo.person_id}),
        ("CancelOrder", {"reason": "no"}),
    ]
    for kind, payload in asked:
        [answer] = ada.send(ada.make(kind, order, **payload))
        assert (answer["status"], codes(answer)) == ("rejected", ["forbidden"])
    sue = Phone(visit(cast.sue))
    sue.do("AssignOrder", order, person=cast.bo.person_id)
    assert order_of(sue.visitor, order)["assigned_to"] == cast.bo.person_id
    [answer] = sue.send(sue.make("AssignOrder", order, person=cast.cy.person_id))
    assert codes(answer) == ["person.unknown"]


def test_another_organisations_order_is_as_unknown_as_none(order: str, visit: Visit, cast: Cast) -> None:
    cy = Phone(visit(cast.cy))
    for target in (order, new_id()):
        [answer] = cy.send(cy.make("StartStep", target, visit="isolate#1"))
        assert (answer["status"], codes(answer)) == ("rejected", ["order.unknown"])
        assert cy.visitor.get(f"/api/v1/orders/{target}").status_code == 404
        assert cy.visitor.get(f"/api/v1/orders/{target}/events").status_code == 404


def test_two_people_on_one_phone_do_not_wait_for_each_other(order: str, visit: Visit, cast: Cast) -> None:
    ada, bo = Phone(visit(cast.ada)), Phone(visit(cast.bo))
    bo.device = ada.device
    ada.make("StartStep", order, visit="isolate#1")
    bo.do("StartStep", order, visit="isolate#1")


def test_a_number_used_twice_is_told_to_the_device_and_nothing_is_lost(order: str, ada: Phone) -> None:
    ada.do("StartStep", order, visit="isolate#1")
    ada.sequence = 0
    copy = ada.make("PauseStep", order, visit="isolate#1", reason="waiting_parts")
    [answer] = ada.send(copy)
    assert (answer["status"], codes(answer)) == ("held", ["device.sequence_reused"])
    ada.device = {**ada.device, "incarnation": "2"}
    assert ada.send(copy)[0]["status"] == "applied"


def test_a_clock_that_is_off_is_flagged_but_its_word_is_kept(
    order: str, ada: Phone, database: Database, cast: Cast
) -> None:
    command = {**ada.make("StartStep", order, visit="isolate#1"), "at": "2036-01-01T00:00:00.000Z"}
    assert ada.send(command)[0]["events"][0]["at"] == "2036-01-01T00:00:00.000Z"
    with session_for(database, cast.ada) as session:
        row = session.get(StoredCommand, (cast.ada.organisation_id, command["id"]))
        assert row is not None
        assert row.clock_flagged


def test_a_part_that_stock_denies_is_recorded_and_flagged(
    order: str, ada: Phone, database: Database, cast: Cast
) -> None:
    work_to_repair(ada, order)
    finish_repair(ada, order, quantity=12)
    with session_for(database, cast.ada) as session:
        lines = {line.location: line.milli for line in inventory.stock_lines(session, cast.ada)}
        assert orders.access_work_order(session, cast.ada, order).discrepancies == 1
    assert lines[DISCREPANCY] == -2_000
    assert sum(lines.values()) == 0


def test_high_water_is_the_last_number_without_a_gap(order: str, ada: Phone) -> None:
    commands = [ada.make("StartStep", order, visit="isolate#1"), ada.make("Nothing", order)]
    ada.sequence += 1
    commands.append(ada.make("Nothing", order))
    body = {"device": ada.device, "commands": commands}
    answer = ada.visitor.send("POST", "/api/v1/commands", json=body).json
    assert answer["high_water"] == 2  # type: ignore[index]
    assert answer["epoch"]  # type: ignore[index]


def test_the_same_outbox_from_two_tabs_at_once_happens_once(order: str, ada: Phone, visit: Visit, cast: Cast) -> None:
    tabs = [ada, Phone(visit(cast.ada), ada.device)]
    commands = [ada.make("StartStep", order, visit="isolate#1")]
    for number in range(6):
        kind = "ResumeStep" if number % 2 else "PauseStep"
        reason: dict[str, Any] = {} if number % 2 else {"reason": "waiting_parts"}
        commands.append(ada.make(kind, order, visit="isolate#1", **reason))
    answers: list[dict[str, Any]] = []
    threads = [threading.Thread(target=lambda phone=tab: answers.extend(phone.send(*commands))) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer["status"] for answer in answers} <= {"applied", "duplicate", "held"}
    final = {answer["id"]: answer["status"] for answer in ada.send(*commands)}
    assert set(final.values()) == {"duplicate"}
    assert order_of(ada.visitor, order)["revision"] == 3 + len(commands)


def test_twenty_people_at_once_lose_nothing_and_every_chain_verifies(
    visit: Visit, cast: Cast, workshop: Workshop, database: Database
) -> None:
    orders_made = [workshop.open_order(cast.ada, asset=f"P-{number}") for number in range(20)]
    phones = [Phone(visit(cast.ada)) for _ in orders_made]
    failures: list[BaseException] = []

    def work(phone: Phone, order: str) -> None:
        try:
            work_to_repair(phone, order)
            finish_repair(phone, order)
        except BaseException as error:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(phones, orders_made, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with session_for(database, cast.ada) as session:
        for order in orders_made:
            found = orders.access_work_order(session, cast.ada, order)
            assert orders.verify_record(session, cast.ada, found).is_whole
            assert found.revision == 12
        assert sum(line.milli for line in inventory.stock_lines(session, cast.ada)) == 0
