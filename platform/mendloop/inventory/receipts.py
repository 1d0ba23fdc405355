"""Receipts that stand: what came from a supplier and was not taken back as booked by mistake."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from mendloop.inventory.locations import SUPPLIER
from mendloop.inventory.models import StockEntry, StockMovement
from mendloop.inventory.rows import PartKey

TAKEN_BACK = "taken_back"
"""The action of a movement by which another one, that was booked by mistake, goes the other way round."""
UNDO = "undo:"
"""So begins the key of such a movement; the id of the other one follows."""


def undone(movement: StockMovement) -> str:
    """The id of the movement that this one takes back; empty where it is another kind."""
    return movement.key.removeprefix(UNDO) if movement.action == TAKEN_BACK else ""


def stands(entry: type[StockEntry]) -> tuple[ColumnElement[bool], ...]:
    """Of an entry: it is a receipt that nobody has taken back. What was sent back to the supplier by mistake and came
    back is none."""
    head, undo = aliased(StockMovement), aliased(StockMovement)
    own = (head.organisation_id == entry.organisation_id) & (head.id == entry.movement_id)
    other = (undo.organisation_id == entry.organisation_id) & (undo.key == UNDO + entry.movement_id)
    return (
        entry.from_location == SUPPLIER,
        exists().where(own, head.action != TAKEN_BACK),
        ~exists().where(other),
    )


def last_receipt(session: Session, part: PartKey) -> tuple[int, int]:
    """How much the latest receipt that stands brought, and what that cost; nothing for nothing where there is none."""
    entry = StockEntry
    statement = (
        select(entry.milli, entry.value)
        .where(entry.organisation_id == part.organisation_id, entry.part_id == part.part_id, *stands(entry))
        .order_by(entry.sequence.desc())
        .limit(1)
    )
    found = session.execute(statement).one_or_none()
    return (found.milli, found.value) if found is not None else (0, 0)
