"""What parts are worth: those on our shelves today, and those that an order plans, as its first sheet kept it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from mendloop_engine.plan import Plan
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.models import CostSheet
from mendloop.costing.money import half_even
from mendloop.costing.planned import Packs, PlannedPart, planned_numbers, planned_parts, usual_steps
from mendloop.inventory.locations import SHELVES, kind_of
from mendloop.inventory.services import StockLine, parts_by_number, stock_of_part

PlannedByStep = Mapping[str, Sequence[PlannedPart]]
"""What the steps of an order's usual route plan, with what that would cost."""


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


def plan_with_worth(
    session: Session, actor: Actor, order_id: str, plan: Plan, order: Mapping[str, Any]
) -> PlannedByStep:
    """As the order's first sheet kept it, whatever a box holds by now; while there is none, as it is today."""
    numbers = planned_numbers(plan)
    if not numbers:
        return {}
    kept = _kept(session, actor, order_id)
    if kept is not None:
        return kept
    packs, worth = packs_of(session, actor, numbers), worth_today(session, actor, numbers)
    planned = ((node.id, planned_parts(node, order, packs)) for node in usual_steps(plan))
    return {step: [replace(part, worth=worth.of(part.number, part.milli)) for part in parts] for step, parts in planned}


def packs_of(session: Session, actor: Actor, numbers: Iterable[str]) -> Packs:
    """The units of those of these parts that stock knows."""
    return {asked: part.packs for asked, part in parts_by_number(session, actor, set(numbers)).items()}


def _kept(session: Session, actor: Actor, order_id: str) -> PlannedByStep | None:
    """By the first revision that says it: earlier releases said only which parts."""
    statement = select(CostSheet.document).where(
        CostSheet.organisation_id == actor.organisation_id, CostSheet.order_id == order_id
    )
    by_revision = statement.order_by(CostSheet.revision)
    for documents in (by_revision.limit(1), by_revision):
        for document in session.execute(documents).scalars():
            planned = {step["node"]: step["planned_parts"] for step in json.loads(document)["steps"]}
            if all("worth" in line for lines in planned.values() for line in lines):
                return {step: [_read(line) for line in lines] for step, lines in planned.items()}
    return None


def _read(line: Mapping[str, Any]) -> PlannedPart:
    return PlannedPart(line["part"], line["milli"], line["worth"])
