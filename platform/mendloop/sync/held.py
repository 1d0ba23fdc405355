"""What devices sent and what waits for something that has not come: people see it once it waits for long."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, TextClause, func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.sync.models import IS_HELD, DeviceQueue, StoredCommand
from mendloop.sync.parked import PAGE

PATIENCE = dt.timedelta(minutes=5)
"""So long a phone may take to send what is missing: a photo over a slow network, an entry after a failed request."""


@dataclass(frozen=True, slots=True)
class Held:
    """A held command; `missing` is the number of the first entry of its device that has not come."""

    command: StoredCommand
    missing: int


def list_held(session: Session, actor: Actor, beyond: str = "") -> list[Held]:
    """A page of what has waited longer than `PATIENCE`, first made first. `beyond`: the last id of the page before."""
    statement = (
        select(StoredCommand, DeviceQueue.high_water)
        .outerjoin(
            DeviceQueue,
            (DeviceQueue.organisation_id == StoredCommand.organisation_id)
            & (DeviceQueue.device_id == StoredCommand.device_id)
            & (DeviceQueue.incarnation == StoredCommand.incarnation)
            & (DeviceQueue.person_id == StoredCommand.person_id),
        )
        .where(*_held(actor), StoredCommand.id > beyond)
        .order_by(StoredCommand.id)
        .limit(PAGE)
    )
    return [Held(command, (arrived or 0) + 1) for command, arrived in session.execute(statement)]


def count_held(session: Session, actor: Actor) -> int:
    """How many commands have waited longer than `PATIENCE`."""
    return session.execute(select(func.count()).select_from(StoredCommand).where(*_held(actor))).scalar_one()


def _held(actor: Actor) -> tuple[ColumnElement[bool] | TextClause, ...]:
    return (
        StoredCommand.organisation_id == actor.organisation_id,
        IS_HELD,
        StoredCommand.received_at < utc_now() - PATIENCE,
    )
