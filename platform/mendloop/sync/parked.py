"""What came from the field and could not be applied: people see it and settle it, and nothing of it is ever deleted."""

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.problems import Conflict, Missing, Problem, Refusal
from mendloop.sync.models import ParkedCommand

LONGEST_NOTE = 1000
PAGE = 30


def parked_of_order(session: Session, actor: Actor, order_id: str) -> list[ParkedCommand]:
    """Everything that was parked for an order, settled or not, in the order in which it arrived."""
    statement = (
        select(ParkedCommand)
        .where(ParkedCommand.organisation_id == actor.organisation_id, ParkedCommand.order_id == order_id)
        .order_by(ParkedCommand.parked_at, ParkedCommand.id)
    )
    return list(session.execute(statement).scalars())


def list_parked(session: Session, actor: Actor, settled: bool, beyond: str = "") -> list[ParkedCommand]:
    """A page of the organisation's parked items, whatever order they name: what waits, first come first; else what is
    settled, newest first. `beyond` is the id of the last item of the page before."""
    statement = select(ParkedCommand).where(
        ParkedCommand.organisation_id == actor.organisation_id, ParkedCommand.settled_at.is_not(None) == settled
    )
    if beyond:
        statement = statement.where(ParkedCommand.id < beyond if settled else ParkedCommand.id > beyond)
    statement = statement.order_by(ParkedCommand.id.desc() if settled else ParkedCommand.id)
    return list(session.execute(statement.limit(PAGE)).scalars())


def count_parked(session: Session, actor: Actor) -> tuple[int, int]:
    """How many items wait, and how many are settled."""
    statement = select(func.count(), func.count(ParkedCommand.settled_at)).where(
        ParkedCommand.organisation_id == actor.organisation_id
    )
    total, settled = session.execute(statement).one()
    return total - settled, settled


def unsettled_by_order(session: Session, actor: Actor) -> dict[str, int]:
    """How many parked items each order has that nobody has settled; orders without any are left out."""
    statement = select(ParkedCommand.order_id, func.count()).where(*_unsettled(actor)).group_by(ParkedCommand.order_id)
    return {str(row[0]): int(row[1]) for row in session.execute(statement)}


def unsettled_since(session: Session, actor: Actor) -> dict[str, tuple[int, dt.datetime]]:
    """The same with the moment since which the oldest of each order's waits, the longest first."""
    oldest = func.min(ParkedCommand.parked_at)
    statement = select(ParkedCommand.order_id, func.count(), oldest).where(*_unsettled(actor))
    ordered = statement.group_by(ParkedCommand.order_id).order_by(oldest)
    return {str(row[0]): (int(row[1]), row[2]) for row in session.execute(ordered)}


def orders_with_unsettled(actor: Actor) -> Select[Any]:
    """A query for the ids of orders that wait for somebody to settle something."""
    return select(ParkedCommand.order_id).where(*_unsettled(actor))


def settle_parked(session: Session, actor: Actor, parked_id: str, note: str, order_id: str | None = None) -> None:
    """Write down what became of a parked item: who says so, when, and in which words. The first word stands.

    With `order_id` it must be an item of that order.
    """
    item = access_parked(session, actor, parked_id)
    if order_id is not None and item.order_id != order_id:
        raise Missing
    note = note.strip()
    if not note:
        raise Refusal(Problem("parked.note_missing", at="/note"))
    if len(note) > LONGEST_NOTE:
        raise Refusal(Problem("parked.note_too_long", at="/note", params={"limit": LONGEST_NOTE}))
    if item.settled_at is not None:
        raise Conflict(Problem("parked.settled_already"))
    item.settled_by, item.settled_at, item.settled_note = actor.person_id, utc_now(), note


def access_parked(session: Session, actor: Actor, parked_id: str) -> ParkedCommand:
    """The parked item of the actor's organisation, locked; else the same `Missing` as for none."""
    item = session.get(ParkedCommand, (actor.organisation_id, parked_id), with_for_update=True)
    if item is None:
        raise Missing
    return item


def _unsettled(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return ParkedCommand.organisation_id == actor.organisation_id, ParkedCommand.settled_at.is_(None)
