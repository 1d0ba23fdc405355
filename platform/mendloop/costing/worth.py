"""What parts are worth: those on our shelves today, and those that an order plans, as its first sheet kept it."""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.models import CostSheet
from mendloop.costing.money import half_even
from mendloop.costing.planned import PlannedPart
from mendloop.inventory.locations import SHELVES, kind_of
from mendloop.inventory.services import StockLine, parts_by_number, stock_of_part

PlannedWorth = Mapping[PlannedPart, int | None]
"""What planned parts would cost, in minor units; None where stock knew nothing of their worth."""


class Worth:
    """By the number of the part: how much of it lies on shelves, and what all of that is worth."""

    def __init__(self, lines: Iterable[StockLine], numbers: Mapping[str, str] | None = None) -> None:
        """`numbers`: as parts were asked for, and as they are written."""
        self._numbers = numbers or {}
        self._known: dict[str, tuple[int, int]] = {}
        for line in lines:
            if line.milli > 0 and line.value > 0 and kind_of(line.location) in SHELVES:
                milli, value = self._known.get(line.part.number, (0, 0))
                self._known[line.part.number] = (milli + line.milli, value + line.value)

    def of(self, number: str, milli: int) -> int | None:
        """So much of a part, in minor units; None where stock knows nothing of its worth."""
        known, value = self._known.get(self._numbers.get(number, number), (0, 0))
        return half_even(Fraction(value * milli, known)) if known else None


def worth_today(session: Session, actor: Actor, numbers: Iterable[str]) -> Worth:
    """Of these parts: what customers have, what orders hold and what was taken out is not ours to sell."""
    parts = parts_by_number(session, actor, set(numbers))
    ids = {part.id for part in parts.values()}
    lines = (line for part_id in sorted(ids) for line in stock_of_part(session, actor, part_id))
    return Worth(lines, {asked: part.number for asked, part in parts.items()})


def worth_of_plan(session: Session, actor: Actor, order_id: str, planned: Iterable[PlannedPart]) -> PlannedWorth:
    """As the order's first sheet kept it; while there is none, what they are worth today."""
    wanted = set(planned)
    kept = _kept(session, actor, order_id) if wanted else {}
    if kept is not None:
        return kept
    worth = worth_today(session, actor, (part.number for part in wanted))
    return {part: worth.of(part.number, part.milli) for part in wanted}


def _kept(session: Session, actor: Actor, order_id: str) -> PlannedWorth | None:
    """By the first revision that says it: earlier releases said only which parts."""
    statement = select(CostSheet.document).where(
        CostSheet.organisation_id == actor.organisation_id, CostSheet.order_id == order_id
    )
    by_revision = statement.order_by(CostSheet.revision)
    for documents in (by_revision.limit(1), by_revision):
        for document in session.execute(documents).scalars():
            lines = [line for step in json.loads(document)["steps"] for line in step["planned_parts"]]
            if all("worth" in line for line in lines):
                return {PlannedPart(line["part"], line["milli"]): line["worth"] for line in lines}
    return None
