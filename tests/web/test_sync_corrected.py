"""A photo that can never arrive: the phone puts another in its place, in commands that are held and nowhere else."""

import copy
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from mendloop.database import Database
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import Phone, Workshop, photo_bytes, put_up, shot
from mendloop.testing.visitor import Visitor

Visit = Callable[..., Visitor]
LOST = "a" * 64


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def order(workshop: Workshop, cast: Cast) -> str:
    return workshop.open_order(cast.ada)


@pytest.fixture
def ada(visit: Visit, cast: Cast) -> Phone:
    return Phone(visit(cast.ada))


def held_step(ada: Phone, order: str) -> list[dict[str, Any]]:
    """A step that was finished with a photo that never came, and what was done after it."""
    ada.do("StartStep", order, visit="isolate#1")
    held = [
        ada.make("RecordAnswers", order, visit="isolate#1", answers={"before": shot(LOST)}),
        ada.make("CompleteStep", order, visit="isolate#1", answers={"before": shot(LOST)}),
        ada.make("StartStep", order, visit="measure#1"),
    ]
    assert statuses(ada.send(*held)) == ["held"] * 3
    return held


def corrected(command: dict[str, Any], photo: str) -> dict[str, Any]:
    changed = copy.deepcopy(command) | {"replaces": {photo: [LOST]}}
    changed["payload"]["answers"]["before"] = shot(photo)
    return changed


def statuses(answers: list[dict[str, Any]]) -> list[str]:
    return [answer["status"] for answer in answers]


def test_another_photo_sets_free_everything_that_waited(order: str, ada: Phone) -> None:
    recorded, completed, started = held_step(ada, order)
    photo = ada.upload(photo_bytes())
    answers = ada.send(corrected(recorded, photo), corrected(completed, photo), started)
    assert statuses(answers) == ["applied"] * 3
    known = ada.visitor.get(f"/api/v1/orders/{order}").json or {}
    first = next(visit for visit in known["visits"] if visit["visit"] == "isolate#1")
    assert first["answers"]["before"]["front"][0]["photo"] == photo


def test_the_other_photo_may_come_after_the_correction(order: str, ada: Phone) -> None:
    recorded, completed, started = held_step(ada, order)
    body = photo_bytes("olive")
    name = hashlib.sha256(body).hexdigest()
    again = corrected(recorded, name), corrected(completed, name), started
    assert statuses(ada.send(*again)) == ["held"] * 3
    ada.upload(body)
    assert set(statuses(ada.send(*again))) == {"duplicate"}


def test_a_correction_that_is_sent_again_changes_nothing(order: str, ada: Phone) -> None:
    recorded, _, _ = held_step(ada, order)
    photo = ada.upload(photo_bytes())
    again = corrected(recorded, photo)
    assert ada.send(again)[0]["status"] == "applied"
    assert ada.send(again)[0]["status"] == "duplicate"


def test_nothing_but_the_photo_can_be_corrected(order: str, ada: Phone) -> None:
    recorded, _, _ = held_step(ada, order)
    photo = ada.upload(photo_bytes())
    other = corrected(recorded, photo)
    other["payload"]["answers"]["note"] = "something else"
    answer = ada.send(other)[0]
    assert (answer["status"], answer["problems"][0]["code"]) == ("conflict", "command.id_reused")


def test_a_photo_that_has_arrived_cannot_be_replaced(order: str, ada: Phone) -> None:
    ada.do("StartStep", order, visit="isolate#1")
    here = ada.upload(photo_bytes("olive"))
    two = {"front": [*shot(here)["front"], *shot(LOST)["front"]]}
    command = ada.make("RecordAnswers", order, visit="isolate#1", answers={"before": two})
    assert ada.send(command)[0]["status"] == "held"
    other = ada.upload(photo_bytes())
    changed = copy.deepcopy(command) | {"replaces": {other: [here]}}
    changed["payload"]["answers"]["before"]["front"][0]["photo"] = other
    assert ada.send(changed)[0]["status"] == "conflict"


def test_nobody_corrects_what_somebody_else_has_sent(order: str, ada: Phone, visit: Visit, cast: Cast) -> None:
    recorded, _, _ = held_step(ada, order)
    bo = Phone(visit(cast.bo), device=ada.device)
    answer = bo.send(corrected(recorded, bo.upload(photo_bytes())) | {"sequence": 1})[0]
    assert answer["status"] == "conflict"


def test_other_orders_go_on_while_one_waits_for_a_photo(workshop: Workshop, order: str, ada: Phone, cast: Cast) -> None:
    held_step(ada, order)
    assert ada.do("StartStep", workshop.open_order(cast.ada), visit="isolate#1")["status"] == "applied"
