"""What was counted, or arrived, other than stock said: it is booked at once, and each difference is a task to judge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import new_id
from mendloop.inventory import histories
from mendloop.inventory.locations import is_outside
from mendloop.inventory.models import StockDiscrepancy, StockEntry


@dataclass(frozen=True, slots=True)
class Origin:
    """Where it was found, and by which count or transfer."""

    place: str
    count_id: str | None = None
    transfer_id: str | None = None


def raise_differences(
    session: Session, actor: Actor, movement_id: str, origin: Origin, reasons: Mapping[str, str]
) -> None:
    """A task for each part that the movement has taken from the place or put there; `reasons` are by the parts' ids."""
    movement = histories.access_movement(session, actor, movement_id)
    for entries in _alike(session, actor, movement_id):
        first, more = entries[0], entries[0].to_location == origin.place
        serials = {entry.serial for entry in entries}
        session.add(
            StockDiscrepancy(
                organisation_id=actor.organisation_id,
                id=new_id(),
                part_id=first.part_id,
                order_id="",
                action=movement.action,
                milli=sum(entry.milli for entry in entries) * (1 if more else -1),
                serial=first.serial if len(serials) == 1 else None,
                found_at=first.from_location if more and not is_outside(first.from_location) else None,
                place=origin.place,
                value=sum(entry.value for entry in entries),
                reason=reasons.get(first.part_id),
                movement_id=movement_id,
                count_id=origin.count_id,
                transfer_id=origin.transfer_id,
                raised_at=movement.at,
                raised_by=actor.person_id,
            )
        )
    session.flush()


def of_count(session: Session, actor: Actor, count_id: str) -> list[StockDiscrepancy]:
    """What a count has raised."""
    return _found(session, actor, StockDiscrepancy.count_id == count_id)


def of_transfer(session: Session, actor: Actor, transfer_id: str) -> list[StockDiscrepancy]:
    """What a transfer has raised."""
    return _found(session, actor, StockDiscrepancy.transfer_id == transfer_id)


def _found(session: Session, actor: Actor, condition: object) -> list[StockDiscrepancy]:
    statement = select(StockDiscrepancy).where(StockDiscrepancy.organisation_id == actor.organisation_id, condition)  # type: ignore[arg-type]
    return list(session.execute(statement.order_by(StockDiscrepancy.id)).scalars())


def _alike(session: Session, actor: Actor, movement_id: str) -> Iterator[list[StockEntry]]:
    """The entries of a part that went the same way, together."""
    found: dict[tuple[str, str, str], list[StockEntry]] = {}
    for entry, _ in histories.entries_of_movement(session, actor, movement_id):
        found.setdefault((entry.part_id, entry.from_location, entry.to_location), []).append(entry)
    yield from found.values()
