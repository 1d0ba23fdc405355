"""One command on one order: load, decide, append, carry over. All inside the caller's write transaction."""

import json
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from mendloop_engine.canonical import canonical_text
from mendloop_engine.chain import chain_hash, chain_record
from mendloop_engine.commands import read_command
from mendloop_engine.decide import decide
from mendloop_engine.decision import Refused
from mendloop_engine.events import Event, OrderCancelled, OrderEnded
from mendloop_engine.plan import Plan
from mendloop_engine.state import State
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.services import load_plan
from mendloop.problems import Missing, Problem
from mendloop.work_orders import store
from mendloop.work_orders.consequences import CannotEnd, bring_about
from mendloop.work_orders.history import StoredHistory
from mendloop.work_orders.projection import Projection, order_columns
from mendloop.work_orders.store import Control, OrderKey


@dataclass(frozen=True, slots=True)
class Happened:
    """What the engine made of a command, before anything of it is written down."""

    plan: Plan
    command_id: str
    events: Sequence[Event]
    state: State

    @property
    def is_the_end(self) -> bool:
        """True when the order is over by it. Something may speak against that only when all else is booked."""
        return any(isinstance(event, OrderEnded | OrderCancelled) for event in self.events)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a command: events, or the problems it was refused for. `revision` is the order's afterwards."""

    revision: int
    events: tuple[dict[str, Any], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def accepted(self) -> bool:
        """True when it happened."""
        return not self.problems


def decide_command(
    session: Session, actor: Actor, order_id: str, command_id: str, asked: Mapping[str, Any]
) -> Decision:
    """Decide what `actor` asks for. Who asks, and with which skills, is the session's word, never the client's."""
    key = OrderKey(actor.organisation_id, order_id)
    control = store.lock_control(session, key)
    if control is None:
        raise Missing
    command = read_command({**asked, "by": actor.person_id, "roles": sorted(actor.work_roles)})
    if isinstance(command, list):
        return Decision(control.revision, problems=tuple(command))
    plan = load_plan(session, actor, control.plan_hash)
    state = State.from_json(json.loads(control.state))
    result = decide(plan, state, command, StoredHistory(session, key))
    if isinstance(result, Refused):
        return Decision(control.revision, problems=tuple(result.problems))
    happened = Happened(plan, command_id, result.events, result.state)
    try:
        with session.begin_nested() if happened.is_the_end else nullcontext():
            _write_down(session, actor, key, control, happened)
    except CannotEnd as refused:  # the savepoint is gone, and with it everything that was written
        return Decision(control.revision, problems=refused.problems)
    return Decision(control.revision + len(result.events), tuple(event.to_json() for event in result.events))


def _write_down(session: Session, actor: Actor, key: OrderKey, control: Control, happened: Happened) -> None:
    written = _append(session, key, control, happened.command_id, happened.events)
    _carry_over(session, key, happened.plan, control, happened.events, happened.state, written[-1]["hash"])
    bring_about(session, actor, key, happened.plan, control.revision, happened.events)


def _append(
    session: Session, key: OrderKey, control: Control, command_id: str, events: Sequence[Event]
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    prev = control.head
    for position, event in enumerate(events, start=1):
        row = event_row(key, control.revision + position, command_id, prev, event.to_json())
        row["id"] = f"{command_id}.{position}"
        rows.append(row)
        prev = row["hash"]
    store.append_events(session, rows)
    return rows


def event_row(key: OrderKey, sequence: int, command_id: str, prev: str, event: dict[str, Any]) -> dict[str, Any]:
    """An event as it is stored, with the hash that chains it to the one before."""
    record = chain_record(
        organisation=key.organisation_id,
        order=key.order_id,
        sequence=sequence,
        command=command_id,
        prev=prev,
        event=event,
    )
    return {
        "organisation_id": key.organisation_id,
        "order_id": key.order_id,
        "sequence": sequence,
        "command_id": command_id,
        "type": event["type"],
        "event": canonical_text(event),
        "prev": prev,
        "hash": chain_hash(record),
    }


def _carry_over(
    session: Session, key: OrderKey, plan: Plan, control: Control, events: Sequence[Event], state: State, head: str
) -> None:
    projection = Projection(session, key, plan, control.revision)
    for event in events:
        projection.apply(event)
    columns = order_columns(state, canonical_text(state.to_json()), head, events[-1])
    columns["steps_done"] = control.steps_done + projection.steps_done
    columns["worked_ms"] = control.worked_ms + projection.worked_ms
    if projection.ended_at is not None:
        columns["ended_at"] = projection.ended_at
    store.change_order(session, key, columns)
