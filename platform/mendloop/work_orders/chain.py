"""The hash chain of a record: read, recomputed, compared."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mendloop_engine.chain import GENESIS, chain_hash, chain_record
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.store import EVENTS


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it lies in the database; `event` is what its text says."""

    sequence: int
    id: str
    command_id: str
    event: dict[str, Any]
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a record is what was written. `broken_at` is the first sequence that does not fit."""

    events: int
    head: str
    broken_at: int | None

    @property
    def is_whole(self) -> bool:
        """True when every hash is right, nothing is missing, and the order knows the last one."""
        return self.broken_at is None


def events_of(session: Session, actor: Actor, order_id: str, after: int = 0) -> list[StoredEvent]:
    """The order's events in order, from the one behind `after` on."""
    statement = (
        select(EVENTS)
        .where(
            EVENTS.c.organisation_id == actor.organisation_id,
            EVENTS.c.order_id == order_id,
            EVENTS.c.sequence > after,
        )
        .order_by(EVENTS.c.sequence)
    )
    return [_read(row) for row in session.execute(statement)]


def verify_record(session: Session, actor: Actor, order: WorkOrder) -> Verdict:
    """Compute the order's chain anew from its events."""
    return verify_events(actor, order, events_of(session, actor, order.id))


def verify_events(actor: Actor, order: WorkOrder, events: list[StoredEvent]) -> Verdict:
    """Compute the chain over `events`, which must be all of the order's."""
    broken = next(_breaks(actor, order, events), None)
    if broken is None and len(events) != order.revision:
        broken = len(events) + 1
    return Verdict(len(events), order.head, broken)


def _breaks(actor: Actor, order: WorkOrder, events: list[StoredEvent]) -> Iterator[int]:
    prev = GENESIS
    for sequence, stored in enumerate(events, start=1):
        record = chain_record(
            organisation=actor.organisation_id,
            order=order.id,
            sequence=sequence,
            command=stored.command_id,
            prev=prev,
            event=stored.event,
        )
        if stored.sequence != sequence or stored.prev != prev or chain_hash(record) != stored.hash:
            yield sequence
        prev = stored.hash
    if prev != order.head:
        yield max(1, len(events))


def _read(row: Any) -> StoredEvent:
    try:
        event = json.loads(row.event)
    except ValueError:
        event = {"type": row.type}  # somebody damaged the text: the hash will tell
    if not isinstance(event, dict):
        event = {"type": row.type}
    return StoredEvent(row.sequence, row.id, row.command_id, event, row.prev, row.hash)
