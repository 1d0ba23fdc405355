"""What an order's sub-orders cost: each a line of its sheet, with everything below it.

A sub-order has a sheet of its own. The sheet of the order above takes the sums of one revision of it, which never
changes, so that it can be made again, too.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.costing.models import CostSheet, CostStand
from mendloop.work_orders.sub_orders import SubOrder, parent_of, sub_orders

NOTHING: Mapping[str, Any] = {"lines": [], "cost": 0, "revenue": 0, "provisional": False}


@dataclass(frozen=True, slots=True)
class SubCosts:
    """A sub-order, and what it comes to with all below it. `is_provisional`: something of that is still open."""

    id: str
    number: str
    status: str
    product: str
    position: str
    cost: int
    revenue: int
    is_provisional: bool

    def to_json(self) -> dict[str, Any]:
        """As a sheet keeps it."""
        named = {name: getattr(self, name) for name in ("number", "status", "product", "position", "cost", "revenue")}
        return {"key": f"order:{self.id}", "order": self.id, "provisional": self.is_provisional, **named}


def ids_of_subs(session: Session, actor: Actor, order_id: str) -> list[str]:
    """The order's direct sub-orders."""
    return [each.id for each in sub_orders(session, actor, order_id)]


def order_above(session: Session, actor: Actor, order_id: str) -> str | None:
    """The order that this one is a part of."""
    parent = parent_of(session, actor, order_id)
    return parent.id if parent is not None else None


def revisions_of_subs(session: Session, actor: Actor, order_id: str) -> Iterator[tuple[str, int]]:
    """The order's sub-orders that have a sheet, each with its newest revision."""
    ids = ids_of_subs(session, actor, order_id)
    if not ids:
        return
    statement = select(CostStand.order_id, CostStand.revision).where(
        CostStand.organisation_id == actor.organisation_id, CostStand.order_id.in_(ids)
    )
    for found in session.execute(statement.order_by(CostStand.order_id)):
        yield found[0], found[1]


def costs_of_subs(session: Session, actor: Actor, order_id: str, known: Mapping[str, int]) -> Iterator[SubCosts]:
    """What these revisions of their sheets say, in the order of opening."""
    if not known:
        return
    for sub in sub_orders(session, actor, order_id):
        sheet = session.get(CostSheet, (actor.organisation_id, sub.id, known[sub.id])) if sub.id in known else None
        if sheet is not None:
            yield _costs(sub, sheet)


def section_of(subs: Iterable[SubCosts]) -> dict[str, Any]:
    """The sheet's section; nothing where there are none."""
    found = list(subs)
    if not found:
        return {}
    sums = {name: sum(getattr(each, name) for each in found) for name in ("cost", "revenue")}
    provisional = any(each.is_provisional for each in found)
    return {"sub_orders": {"lines": [each.to_json() for each in found], **sums, "provisional": provisional}}


def _costs(sub: SubOrder, sheet: CostSheet) -> SubCosts:
    below = json.loads(sheet.document).get("sub_orders", NOTHING)
    return SubCosts(
        id=sub.id,
        number=sheet.number,
        status=sheet.status,
        product=sheet.product,
        position=sub.position,
        cost=sheet.cost + below["cost"],
        revenue=sheet.revenue + below["revenue"],
        is_provisional=sheet.status == "open" or below["provisional"],
    )
