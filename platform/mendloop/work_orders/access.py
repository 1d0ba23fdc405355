"""The one way to a work order."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.problems import Missing
from mendloop.work_orders.models import WorkOrder

__all__ = ["WorkOrder", "access_work_order", "lock_work_order"]


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
