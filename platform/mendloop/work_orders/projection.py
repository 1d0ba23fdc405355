"""What events mean for the tables that are read. Only events go in, so that all of it can be made again from them."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from mendloop_engine import events as happened
from mendloop_engine.canonical import canonical_text
from mendloop_engine.events import Event
from mendloop_engine.plan import Plan
from mendloop_engine.state import State
from sqlalchemy.orm import Session

from mendloop.work_orders import store
from mendloop.work_orders.history import split_visit
from mendloop.work_orders.store import OrderKey


class Projection:
    """Carries one order's events into its visits and its row. `sequence` is that of the event before the first."""

    def __init__(self, session: Session, key: OrderKey, plan: Plan, sequence: int) -> None:
        self._session = session
        self._key = key
        self._plan = plan
        self._sequence = sequence
        self.steps_done = 0
        self.worked_ms = 0
        self.ended_at: str | None = None

    def apply(self, event: Event) -> None:
        """Carry one event over."""
        self._sequence += 1
        change = _CHANGES.get(type(event))
        if change is not None:
            change(self, event)

    def _set(self, visit: str, **values: object) -> None:
        store.change_visit(self._session, self._key, split_visit(visit), values)

    def opened(self, event: happened.StepOpened) -> None:
        row = {
            "organisation_id": self._key.organisation_id,
            "order_id": self._key.order_id,
            "node": event.node,
            "number": event.number,
            "role": self._plan.step(event.node).role,
            "status": "ready",
            "opened_at": event.at,
            "opened_sequence": self._sequence,
            "draft": "{}",
            "answers": "{}",
            "reasons": "{}",
            "worked_ms": 0,
            "rework": canonical_text(event.rework) if event.rework is not None else None,
        }
        store.add_visit(self._session, row)

    def started(self, event: happened.StepStarted) -> None:
        self._set(event.visit, status="running", by=event.by, started_at=event.at)

    def paused(self, event: happened.StepPaused) -> None:
        self._set(event.visit, status="paused")

    def resumed(self, event: happened.StepResumed) -> None:
        self._set(event.visit, status="running", by=event.by)

    def recorded(self, event: happened.AnswersRecorded) -> None:
        draft = json.loads(store.draft_of(self._session, self._key, *split_visit(event.visit)))
        draft |= event.answers
        kept = {field: answer for field, answer in draft.items() if answer is not None}
        self._set(event.visit, draft=canonical_text(kept))

    def completed(self, event: happened.StepCompleted) -> None:
        self._set(
            event.visit,
            status="completed",
            by=event.by,
            completed_at=event.at,
            answers=canonical_text(event.answers),
            reasons=canonical_text(event.reasons),
            worked_ms=event.worked_ms,
            edge=event.edge,
            draft="{}",
        )
        self.worked_ms += event.worked_ms
        self.steps_done += split_visit(event.visit)[1] == 1

    def cancelled(self, event: happened.OrderCancelled) -> None:
        store.withdraw_visits(self._session, self._key)
        self.ended_at = event.at

    def ended(self, event: happened.OrderEnded) -> None:
        self.ended_at = event.at


def order_columns(state: State, state_text: str, head: str, last: Event) -> dict[str, object]:
    """The columns of an order's row that follow from its state alone."""
    return {
        "revision": state.sequence,
        "head": head,
        "state": state_text,
        "status": state.status,
        "outcome": state.outcome,
        "assigned_to": state.assigned_to,
        "changed_at": last.at,
    }


_CHANGES: Mapping[type, Callable[[Projection, Any], None]] = {
    happened.StepOpened: Projection.opened,
    happened.StepStarted: Projection.started,
    happened.StepPaused: Projection.paused,
    happened.StepResumed: Projection.resumed,
    happened.AnswersRecorded: Projection.recorded,
    happened.StepCompleted: Projection.completed,
    happened.OrderCancelled: Projection.cancelled,
    happened.OrderEnded: Projection.ended,
}
