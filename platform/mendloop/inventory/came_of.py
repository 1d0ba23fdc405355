"""What came of a transfer: what was sent beside what arrived, by the movements that its arrival made."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import histories, transfers
from mendloop.inventory.models import StockMovement
from mendloop.inventory.models_of_desk import StockTransfer
from mendloop.inventory.transfers import ARRIVED, REASONS, Arrival, SentLine

_SIGNS = {"lost": -1, "found": 1}
_Key = tuple[str, str | None, str | None]


def arrived_lines(session: Session, actor: Actor, transfer: StockTransfer) -> list[tuple[SentLine, Arrival]]:
    """Every line that was sent, with how much of it has come, and why that is not the same; none before it has come."""
    if transfer.state != ARRIVED:
        return []
    otherwise = _otherwise(session, actor, transfer)
    found = []
    for line in transfers.sent_lines(session, actor, transfer):
        other = otherwise.get((line.part.id, line.serial, line.lot), Arrival(0))
        found.append((line, Arrival(line.milli + other.milli, other.reason)))
    return found


def _otherwise(session: Session, actor: Actor, transfer: StockTransfer) -> dict[_Key, Arrival]:
    """How much more of a line has come, below nothing where it is less."""
    keys = [f"{what}:{transfer.id}:{reason}" for what in _SIGNS for reason in REASONS]
    statement = select(StockMovement).where(
        StockMovement.organisation_id == actor.organisation_id, StockMovement.key.in_(keys)
    )
    found: dict[_Key, Arrival] = {}
    for movement in session.execute(statement).scalars():
        for entry, part in histories.entries_of_movement(session, actor, movement.id):
            key = (part.id, entry.serial, entry.lot)
            milli = found.get(key, Arrival(0)).milli + _SIGNS[movement.action] * entry.milli
            found[key] = Arrival(milli, movement.reason or "")
    return found
