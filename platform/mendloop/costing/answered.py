"""Quotes that a customer has answered lately, of orders in which nothing has come of it yet."""

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
from mendloop.work_orders.services import WorkOrder, orders_by_id

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
    """The newest quote of each open order, where it was answered: a yes until something happens in the order again, a
    no until there is another quote or the order is over. The oldest answer first."""
    found = [(row.quote_id, row.order_id, row.decision, row.decided_at, row.name) for row in _answers(session, actor)]
    orders = orders_by_id(session, actor, {order_id for _, order_id, *_ in found})
    return [
        Answered(quote_id, order_id, orders[order_id].number, decision, at, name)
        for quote_id, order_id, decision, at, name in found
        if order_id in orders and _still_waits(orders[order_id], decision, at)
    ]


def _still_waits(order: WorkOrder, decision: str, at: dt.datetime) -> bool:
    if order.status != "open":
        return False
    changed = dt.datetime.fromisoformat(order.changed_at) if order.changed_at else order.created_at
    return decision == REFUSED or changed <= at


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
