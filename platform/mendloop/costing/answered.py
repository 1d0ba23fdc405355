"""Quotes that a customer has answered lately, of orders in which nothing has come of it yet.

Only work says that a yes was acted upon. An order that is given to somebody, or gets a note, still waits for it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session, aliased

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.costing.models import CostQuote, CostQuoteDecision
from mendloop.costing.quotes import APPROVED, REFUSED
from mendloop.work_orders.listing import OPEN, orders_by_id
from mendloop.work_orders.services import WorkOrder
from mendloop.work_orders.watched import worked_last

LATELY = dt.timedelta(days=60)
MOST = 500


@dataclass(frozen=True, slots=True)
class Answered:
    """A customer's answer; `name` is who gave it."""

    quote_id: str
    order_id: str
    order_number: str
    decision: str
    decided_at: dt.datetime
    name: str


def answered_quotes(session: Session, actor: Actor) -> list[Answered]:
    """The newest quote of each open order, where it was answered: a yes until somebody begins, goes on with or
    completes a step after it, a no until there is another quote or the order is over. The oldest answer first."""
    found = [(row.quote_id, row.order_id, row.decision, row.decided_at, row.name) for row in _answers(session, actor)]
    orders = orders_by_id(session, actor, {order_id for _, order_id, *_ in found})
    worked = worked_last(session, actor, {order_id for order_id, order in orders.items() if order.status == OPEN})
    return [
        Answered(quote_id, order_id, orders[order_id].number, decision, at, name)
        for quote_id, order_id, decision, at, name in found
        if order_id in orders and _still_waits(orders[order_id], decision, at, worked.get(order_id))
    ]


def _still_waits(order: WorkOrder, decision: str, at: dt.datetime, worked: dt.datetime | None) -> bool:
    return order.status == OPEN and (decision == REFUSED or worked is None or worked <= at)


def _answers(session: Session, actor: Actor) -> Iterable[Any]:
    newer = aliased(CostQuote)
    is_replaced = exists().where(
        newer.organisation_id == CostQuote.organisation_id,
        newer.order_id == CostQuote.order_id,
        newer.number > CostQuote.number,
    )
    both = and_(
        CostQuote.organisation_id == CostQuoteDecision.organisation_id, CostQuote.id == CostQuoteDecision.quote_id
    )
    decision = CostQuoteDecision
    return session.execute(
        select(CostQuote.order_id, decision.quote_id, decision.decision, decision.decided_at, decision.name)
        .join(CostQuote, both)
        .where(decision.organisation_id == actor.organisation_id, decision.decision.in_((APPROVED, REFUSED)))
        .where(decision.decided_at > utc_now() - LATELY, ~is_replaced)
        .order_by(decision.decided_at)
        .limit(MOST)
    )
