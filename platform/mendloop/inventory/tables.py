"""Stock as tables: parts and balances, row by row, however many there are."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.amounts import MILLI, digits_of, packs_as_text
from mendloop.inventory.balances import IS_THERE
from mendloop.inventory.models import Part, StockBalance
from mendloop.tables import Cell, exact

AT_ONCE = 1000
Say = Callable[[str], str]
"""The name of a place."""


def part_rows(session: Session, actor: Actor) -> Iterator[Sequence[Cell]]:
    """Every part, in columns that can be imported again."""
    statement = select(Part).where(Part.organisation_id == actor.organisation_id).order_by(Part.number)
    for part in session.execute(statement.execution_options(yield_per=AT_ONCE)).scalars():
        yield (
            part.number,
            part.name.get("zh-CN", ""),
            part.name.get("en", ""),
            part.unit,
            packs_as_text(part.packs).replace("\n", "; "),
            part.costing,
            "yes" if part.serial_tracked else "no",
            " ".join(part.fits),
        )


def balance_rows(session: Session, actor: Actor, place: Say) -> Iterator[Sequence[Cell]]:
    """What lies where, what of it is held, and what it is worth."""
    digits = digits_of(session, actor)
    statement = (
        select(Part, StockBalance)
        .join(StockBalance, (StockBalance.organisation_id == Part.organisation_id) & (StockBalance.part_id == Part.id))
        .where(
            Part.organisation_id == actor.organisation_id,
            StockBalance.organisation_id == actor.organisation_id,
            IS_THERE,
        )
        .order_by(Part.number, StockBalance.location)
    )
    for part, balance in session.execute(statement.execution_options(yield_per=AT_ONCE)):
        name = part.name.get("zh-CN") or part.name.get("en", "")
        many = (_number(balance.milli), _number(balance.reserved), part.unit, exact(balance.value, digits))
        yield (part.number, name, place(balance.location), balance.location, *many)


def count_parts(session: Session, actor: Actor) -> int:
    """How many rows `part_rows` has."""
    statement = select(func.count()).select_from(Part).where(Part.organisation_id == actor.organisation_id)
    return session.execute(statement).scalar_one()


def count_balances(session: Session, actor: Actor) -> int:
    """How many rows `balance_rows` has."""
    there = select(func.count()).select_from(StockBalance)
    return session.execute(there.where(StockBalance.organisation_id == actor.organisation_id, IS_THERE)).scalar_one()


def _number(milli: int) -> Decimal:
    return Decimal(milli) / MILLI
