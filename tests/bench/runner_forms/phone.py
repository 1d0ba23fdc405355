"""What the server would answer the engineer's app: one order per form, its step being worked on by Ada."""

from __future__ import annotations

from typing import Any

from mendloop_engine.decide import decide
from mendloop_engine.decision import Accepted
from mendloop_engine.history import MemoryHistory
from mendloop_engine.plan import Plan
from mendloop_engine.state import State

Json = dict[str, Any]
AT = "2026-11-02T08:00:00.000Z"
VISIT = "step_0#1"
FACTS = {
    "number": "1",
    "product": "bench/machine",
    "asset": "",
    "fault_codes": [],
    "fault_text": "",
    "warranty": False,
    "customer_level": "",
    "created": AT,
}
SESSION = {
    "person_id": "ada",
    "name": "Ada",
    "organisation_id": "bench",
    "organisation": "Bench",
    "roles": ["engineer"],
    "work_roles": ["engineer"],
    "language": "en",
    "csrf_token": "-",
}


def order(name: str, plan: Json, answers: Json) -> Json:
    """The order `name` on `plan`, its first step running, `answers` recorded."""
    state = _running(Plan.from_json(plan)).to_json()
    return {
        **_card(name, state),
        "facts": FACTS,
        "state": state,
        "visits": [_visit(answers)],
        "findings": [],
        "people": {"ada": "Ada"},
    }


def _running(plan: Plan) -> State:
    state, history = State(), MemoryHistory()
    who: Json = {"by": "ada", "roles": ["engineer"], "at": AT}
    for command in ({"type": "OpenOrder", **who, "order": FACTS}, {"type": "StartStep", **who, "visit": VISIT}):
        result = decide(plan, state, command, history)
        if not isinstance(result, Accepted):
            raise TypeError(result)
        state = result.state
        for event in result.events:
            history.apply(event)
    return state


def _card(name: str, state: Json) -> Json:
    words = {"zh-CN": "Bench", "en": "Bench"}
    return {
        "id": name,
        "number": "1",
        "title": words,
        "product": {"key": "bench/machine", "name": words},
        "asset": "",
        "customer": "",
        "fault_codes": [],
        "fault_text": "",
        "priority": "normal",
        "due": None,
        "status": "open",
        "outcome": None,
        "revision": state["sequence"],
        "plan_hash": name,
        "assigned_to": "ada",
        "mine": True,
        "active": [],
        "progress": {"done": 0, "of": 1},
    }


def _visit(answers: Json) -> Json:
    return {
        "visit": VISIT,
        "node": "step_0",
        "number": 1,
        "by": "ada",
        "by_name": "Ada",
        "status": "running",
        "opened_at": AT,
        "started_at": AT,
        "completed_at": None,
        "worked_ms": 0,
        "answers": answers,
        "reasons": {},
        "rework": None,
    }
