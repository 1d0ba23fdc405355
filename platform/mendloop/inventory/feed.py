"""Movements as others are told of them: an endless list that only grows at its end, read from any number on.

Ids of movements are made before they are committed, so that a list by id could grow in its middle, and who reads it
would miss something. Here a movement gets its number once it is there to be seen. Who looks for such movements looks
back as far as a transaction can be open, and not further.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import run_write
from mendloop.inventory.models import Part, StockEntry, StockMovement
from mendloop.inventory.models_of_desk import StockFeedEntry

LONGEST_TRANSACTION_MS = 600_000
AT_ONCE = 2_000
MOST = 500


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One movement with its number in the feed, and its entries with the numbers of their parts."""

    number: int
    movement: StockMovement
    entries: tuple[tuple[StockEntry, str], ...]


def events_after(session: Session, actor: Actor, after: int, limit: int = 100) -> list[FeedEvent]:
    """What happened after the event with the number `after`, in an order that never changes."""
    if _unnumbered(session, actor, 1):
        run_write(session, lambda: _number(session, actor))
    heads = _heads(session, actor, after, max(1, min(limit, MOST)))
    entries = _entries(session, actor, [movement.id for _, movement in heads])
    return [FeedEvent(number, movement, tuple(entries.get(movement.id, ()))) for number, movement in heads]


def last_number(session: Session, actor: Actor) -> int:
    """The number of the last event that anybody could have been told."""
    statement = select(func.max(StockFeedEntry.number)).where(StockFeedEntry.organisation_id == actor.organisation_id)
    return session.execute(statement).scalar() or 0


def _number(session: Session, actor: Actor) -> None:
    number = last_number(session, actor)
    for movement_id in _unnumbered(session, actor, AT_ONCE):
        number += 1
        session.add(StockFeedEntry(organisation_id=actor.organisation_id, number=number, movement_id=movement_id))
    session.flush()


def _unnumbered(session: Session, actor: Actor, limit: int) -> Sequence[str]:
    statement = (
        select(StockMovement.id)
        .outerjoin(
            StockFeedEntry,
            and_(
                StockFeedEntry.organisation_id == StockMovement.organisation_id,
                StockFeedEntry.movement_id == StockMovement.id,
                StockFeedEntry.organisation_id == actor.organisation_id,
            ),
        )
        .where(
            StockMovement.organisation_id == actor.organisation_id,
            StockMovement.id > _horizon(session, actor),
            StockFeedEntry.movement_id.is_(None),
        )
        .order_by(StockMovement.id)
        .limit(limit)
    )
    return session.execute(statement).scalars().all()


def _horizon(session: Session, actor: Actor) -> str:
    """An id below which no movement can turn up any more: ids begin with the millisecond they were made in."""
    statement = (
        select(StockFeedEntry.movement_id)
        .where(StockFeedEntry.organisation_id == actor.organisation_id)
        .order_by(StockFeedEntry.number.desc())
        .limit(1)
    )
    last = session.execute(statement).scalar()
    if last is None:
        return ""
    made = max(0, int(last.replace("-", "")[:12], 16) - LONGEST_TRANSACTION_MS)
    text = f"{made:012x}"
    return f"{text[:8]}-{text[8:]}"


def _heads(session: Session, actor: Actor, after: int, limit: int) -> list[tuple[int, StockMovement]]:
    statement = (
        select(StockFeedEntry.number, StockMovement)
        .join(
            StockMovement,
            and_(
                StockMovement.organisation_id == StockFeedEntry.organisation_id,
                StockMovement.id == StockFeedEntry.movement_id,
            ),
        )
        .where(StockFeedEntry.organisation_id == actor.organisation_id, StockFeedEntry.number > after)
        .order_by(StockFeedEntry.number)
        .limit(limit)
    )
    return [(number, movement) for number, movement in session.execute(statement)]


def _entries(session: Session, actor: Actor, movement_ids: Iterable[str]) -> dict[str, list[tuple[StockEntry, str]]]:
    statement = (
        select(StockEntry, Part.number)
        .join(Part, and_(Part.organisation_id == StockEntry.organisation_id, Part.id == StockEntry.part_id))
        .where(StockEntry.organisation_id == actor.organisation_id, StockEntry.movement_id.in_(list(movement_ids)))
        .order_by(StockEntry.part_id, StockEntry.sequence)
    )
    found: dict[str, list[tuple[StockEntry, str]]] = {}
    for entry, number in session.execute(statement):
        found.setdefault(entry.movement_id, []).append((entry, number))
    return found
