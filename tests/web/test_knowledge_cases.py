"""Closing an order drafts a case; its writer finishes it, a reviewer publishes it, nothing is lost on the way."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from mendloop.accounts.actor import Actor
from mendloop.database import Database, run_write, session_for
from mendloop.knowledge import services as knowledge
from mendloop.knowledge.again import draft_missing
from mendloop.knowledge.following import case_of_order, order_ended
from mendloop.library.services import load_plan
from mendloop.problems import Conflict, Forbidden, Missing, Refusal
from mendloop.testing.cast import Cast
from mendloop.testing.pump_shop import BEARING, PUMP, Phone, Workshop, finish_repair, inspect, put_up, work_to_repair
from mendloop.testing.visitor import Visitor
from mendloop.work_orders import services as orders

Visit = Callable[..., Visitor]


@pytest.fixture
def workshop(database: Database, cast: Cast) -> Workshop:
    return put_up(database, cast)


@pytest.fixture
def mended(workshop: Workshop, visit: Visit) -> str:
    """An order on a pump whose shaft ran out: sent back once, good then."""
    order = workshop.open_order(workshop.cast.ada)
    ada, ivy = Phone(visit(workshop.cast.ada)), Phone(visit(workshop.cast.ivy))
    work_to_repair(ada, order)
    finish_repair(ada, order)
    inspect(ivy, order, "inspect#1", "accepted")
    return order


def drafted(database: Database, actor: Actor, order: str) -> knowledge.Case:
    with session_for(database, actor) as session:
        case = case_of_order(session, actor, order)
        assert case is not None
        return case


def act(database: Database, actor: Actor, work: Callable[..., Any], *arguments: Any) -> Any:
    with session_for(database, actor) as session:
        return run_write(session, lambda: work(session, actor, *arguments))


def edits(**texts: str) -> knowledge.CaseEdits:
    said = {"title": "Noise", "symptom": "rattles", "cause": "worn", "remedy": "new bearing"} | texts
    return knowledge.CaseEdits(**{name: {"en": text} for name, text in said.items()})


def test_the_end_of_an_order_drafts_a_case_from_its_record(database: Database, cast: Cast, mended: str) -> None:
    case = drafted(database, cast.ada, mended)
    content = knowledge.content_of(case)
    assert (case.status, case.author, case.version) == ("draft", cast.ada.person_id, 0)
    assert (content.product, content.faults, content.template) == (PUMP, ("P-11",), "pump.quick")
    assert content.template_version == 1
    assert content.symptom == {"en": "rattles"}
    (sign,) = content.path
    assert (sign.key, sign.value, sign.low, sign.high, sign.unit) == ("measure.runout+", "0.06", "0", "0.05", "mm")
    assert "0.06" in content.cause["en"]
    assert [(part.number, part.milli, part.name["zh-CN"]) for part in content.parts] == [(BEARING, 1000, "轴承 6205")]
    assert content.remedy["en"] == "Replace bearing\nBearing 6205 × 1"
    (pair,) = content.photos
    assert pair.before != pair.after
    assert content.closed_at
