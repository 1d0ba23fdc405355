"""Transfers that others have asked for: how they stand, what they will take from where, and taking them back."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.inventory.models import Part
from mendloop.inventory.models_of_desk import StockTransfer, StockTransferLine
from mendloop.inventory.transfers import ASKED, REFUSED, SENT, ask

__all__ = [
    "ASKED",
    "REFUSED",
    "SENT",
    "StockTransfer",
    "ask",
    "asked_from",
    "asked_parts",
    "take_back_asked",
    "transfers_by_id",
]


def transfers_by_id(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, StockTransfer]:
    """These transfers."""
    wanted = sorted(set(ids))
    statement = select(StockTransfer).where(
        StockTransfer.organisation_id == actor.organisation_id, StockTransfer.id.in_(wanted)
    )
    return {found.id: found for found in session.execute(statement).scalars()} if wanted else {}


def asked_parts(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, tuple[Part, int]]:
    """By transfer: what was asked for for an order, which is one part; of several the first by its number."""
    line, wanted = StockTransferLine, sorted(set(ids))
    both = (line.organisation_id == Part.organisation_id) & (line.part_id == Part.id)
    statement = (
        select(line.transfer_id, Part, line.milli)
        .join(Part, both)
        .where(line.organisation_id == actor.organisation_id, line.transfer_id.in_(wanted))
        .order_by(Part.number.desc())
    )
    return {transfer: (part, milli) for transfer, part, milli in session.execute(statement)} if wanted else {}


def asked_from(session: Session, actor: Actor, part_ids: Iterable[str]) -> dict[tuple[str, str], int]:
    """By part and place: how much somebody has asked for and nobody has sent yet. It lies there still."""
    line, transfer = StockTransferLine, StockTransfer
    statement = (
        select(line.part_id, transfer.source, func.sum(line.milli))
        .join(transfer, (transfer.organisation_id == line.organisation_id) & (transfer.id == line.transfer_id))
        .where(
            transfer.organisation_id == actor.organisation_id,
            transfer.state == ASKED,
            line.part_id.in_(sorted(set(part_ids))),
        )
        .group_by(line.part_id, transfer.source)
    )
    return {(part, place): int(milli) for part, place, milli in session.execute(statement)}


def take_back_asked(session: Session, actor: Actor, ids: Iterable[str]) -> None:
    """Nobody needs these any more: those that nobody has sent yet are not sent."""
    for transfer_id in sorted(set(ids)):
        found = session.get(StockTransfer, (actor.organisation_id, transfer_id), with_for_update=True)
        if found is not None and found.state == ASKED:
            found.state, found.closed_at, found.closed_by = REFUSED, utc_now(), actor.person_id
    session.flush()
