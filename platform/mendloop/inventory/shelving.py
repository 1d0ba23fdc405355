"""Balances page by page: of one part, of one place, or all."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.balances import IS_THERE, StockLine
from mendloop.inventory.models import Part, StockBalance
from mendloop.inventory.parts import part_by_number
from mendloop.problems import BadRequest, Problem


@dataclass(frozen=True, slots=True)
class BalancesPage:
    """Balances in the order of parts and places; `next` is where the following page begins."""

    lines: list[StockLine]
    next: str | None


def page_of_balances(
    session: Session, actor: Actor, number: str = "", place: str = "", after: str = "", limit: int = 200
) -> BalancesPage:
    """A page of the balances that are not zero."""
    statement = (
        select(Part, StockBalance)
        .join(StockBalance, and_(StockBalance.organisation_id == Part.organisation_id, StockBalance.part_id == Part.id))
        .where(
            Part.organisation_id == actor.organisation_id,
            StockBalance.organisation_id == actor.organisation_id,
            IS_THERE,
        )
        .order_by(StockBalance.part_id, StockBalance.location)
    )
    if number:
        part = part_by_number(session, actor, number)
        statement = statement.where(Part.id == (part.id if part is not None else ""))
    if place:
        statement = statement.where(StockBalance.location == place)
    if after:
        part_id, sign, location = after.partition(" ")
        if not sign:
            raise BadRequest(Problem("stock.cursor_unknown", at="/after"))
        later = and_(StockBalance.part_id == part_id, StockBalance.location > location)
        statement = statement.where(or_(StockBalance.part_id > part_id, later))
    found = list(session.execute(statement.limit(limit + 1)))
    lines = [
        StockLine(part, balance.location, balance.milli, balance.value, balance.reserved)
        for part, balance in found[:limit]
    ]
    following = f"{lines[-1].part.id} {lines[-1].location}" if len(found) > limit else None
    return BalancesPage(lines, following)
