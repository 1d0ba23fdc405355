"""The one way to a work order."""

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.problems import Missing
from mendloop.work_orders.models import WorkOrder


def access_work_order(session: Session, actor: Actor, order_id: str) -> WorkOrder:
    """The order, if it belongs to the actor's organisation; else the same `Missing` as for none."""
    order = session.get(WorkOrder, (actor.organisation_id, order_id))
    if order is None:
        raise Missing
    return order
