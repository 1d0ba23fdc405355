"""What parts really cost is not always known when they come: which receipts were booked at the last cost instead."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.balances import order_entries
from mendloop.inventory.ledger import Posted
from mendloop.inventory.locations import DISCREPANCY
from mendloop.inventory.models import StockEntry
from mendloop.inventory.models_of_desk import StockEstimate
from mendloop.inventory.receipts import stands

UNKNOWN, ESTIMATED = "unknown", "estimated"


def note_estimates(session: Session, actor: Actor, posted: Posted, part_ids: Iterable[str]) -> None:
    """A receipt did not say what these parts cost: it was booked at what they cost last, at nothing where none had."""
    if posted.again:
        return
    for part_id in dict.fromkeys(part_ids):
        own = {"organisation_id": actor.organisation_id, "part_id": part_id}
        session.add(StockEstimate(**own, movement_id=posted.movement_id))
    session.flush()


def estimated_parts(session: Session, actor: Actor, movement_id: str) -> set[str]:
    """The parts of a movement whose cost was not known."""
    statement = select(StockEstimate.part_id).where(
        StockEstimate.organisation_id == actor.organisation_id, StockEstimate.movement_id == movement_id
    )
    return set(session.execute(statement).scalars())


def doubtful_costs(session: Session, actor: Actor, order_id: str) -> dict[str, str]:
    """By the parts' ids, whose cost on an order is not what somebody paid.

    `estimated`: at the last cost, for stock knew nothing of it, or its latest receipt did not say. `unknown`: there was
    no last cost either, so that it stands at nothing.
    """
    found: dict[str, list[StockEntry]] = {}
    for entry, _, _ in order_entries(session, actor, order_id):
        found.setdefault(entry.part_id, []).append(entry)
    estimates = _estimates(session, actor, found)
    return {
        part_id: ESTIMATED if any(entry.value for entry in entries) else UNKNOWN
        for part_id, entries in found.items()
        if any(entry.from_location == DISCREPANCY for entry in entries)
        or (part_id in estimates and _receipt_before(session, actor, entries) in estimates[part_id])
    }


def _estimates(session: Session, actor: Actor, part_ids: Iterable[str]) -> dict[str, set[str]]:
    statement = select(StockEstimate.part_id, StockEstimate.movement_id).where(
        StockEstimate.organisation_id == actor.organisation_id, StockEstimate.part_id.in_(sorted(part_ids))
    )
    found: dict[str, set[str]] = {}
    for part_id, movement_id in session.execute(statement):
        found.setdefault(part_id, set()).add(movement_id)
    return found


def _receipt_before(session: Session, actor: Actor, entries: Iterable[StockEntry]) -> str | None:
    """The latest receipt of the part before it came to the order, of those that stand."""
    first = min(entries, key=lambda entry: entry.sequence)
    statement = select(StockEntry.movement_id).where(
        StockEntry.organisation_id == actor.organisation_id,
        StockEntry.part_id == first.part_id,
        StockEntry.sequence < first.sequence,
        *stands(StockEntry),
    )
    return session.execute(statement.order_by(StockEntry.sequence.desc()).limit(1)).scalar()
