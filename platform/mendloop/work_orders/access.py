"""The one way to a work order."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.problems import Missing
from mendloop.work_orders.models import WorkOrder

__all__ = ["CLOSED", "WorkOrder", "access_work_order", "is_over", "lock_work_order"]

CLOSED = ("ended", "cancelled")
"""What an order is when it is over: nothing can be done in it any more."""


def access_work_order(session: Session, actor: Actor, order_id: str) -> WorkOrder:
    """The order, if it belongs to the actor's organisation; else the same `Missing` as for none."""
    order = session.get(WorkOrder, (actor.organisation_id, order_id))
    if order is None:
        raise Missing
    return order


def lock_work_order(session: Session, actor: Actor, order_id: str) -> WorkOrder:
    """The same, and nobody else changes the order before this transaction ends."""
    order = session.get(WorkOrder, (actor.organisation_id, order_id), with_for_update=True, populate_existing=True)
    if order is None:
        raise Missing
    return order


def is_over(session: Session, actor: Actor, order_id: str) -> bool:
    """Whether the order is over. Nobody ends it before this transaction does, if it is not."""
    statement = select(WorkOrder.status).where(
        WorkOrder.organisation_id == actor.organisation_id, WorkOrder.id == order_id
    )
    return session.execute(statement.with_for_update()).scalar() in CLOSED
