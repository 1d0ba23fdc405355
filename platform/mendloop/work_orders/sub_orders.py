"""Orders within an order: an overhaul takes assemblies out, and each is repaired under an order of its own."""

from dataclasses import dataclass

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.library.services import load_plan
from mendloop.problems import Missing, Problem
from mendloop.work_orders.access import access_work_order, lock_work_order
from mendloop.work_orders.models import SubOrderLink, WorkOrder

OPEN = "open"
DEEPEST = 20
"""Orders above one another; no machine has as many assemblies inside each other."""


class SubOrdersOpen(Exception):
    """The order has sub-orders that are not finished: it cannot end. Nothing may be written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("sub-orders are open")


@dataclass(frozen=True, slots=True)
class SubOrder:
    """An order that is a part of another. `title` is its template's; `position` the address in the other one's BOM."""

    id: str
    number: str
    status: str
    outcome: str | None
    product: str
    asset: str
    position: str
    title: dict[str, str]
    assigned_to: str | None

    @property
    def is_open(self) -> bool:
        """True while there is something to do in it."""
        return self.status == OPEN


def sub_orders(session: Session, actor: Actor, order_id: str) -> list[SubOrder]:
    """The order's direct sub-orders, in the order of opening; `Missing` for an order of somebody else."""
    access_work_order(session, actor, order_id)
    return [_told(session, actor, order, link) for order, link in session.execute(_below(actor, order_id))]


def parent_of(session: Session, actor: Actor, order_id: str) -> WorkOrder | None:
    """The order that this one is a part of; none when it stands by itself."""
    access_work_order(session, actor, order_id)
    link = link_of(session, actor, order_id)
    return access_work_order(session, actor, link.parent_id) if link is not None else None


def orders_above(session: Session, actor: Actor, order_id: str) -> list[WorkOrder]:
    """The order that this one is a part of, and what that is a part of, and so on: the main order first."""
    found: list[WorkOrder] = []
    above = parent_of(session, actor, order_id)
    while above is not None:
        found.insert(0, above)
        above = parent_of(session, actor, above.id)
    return found


def link_of(session: Session, actor: Actor, order_id: str) -> SubOrderLink | None:
    """What connects this order with the one it is a part of."""
    return session.get(SubOrderLink, (actor.organisation_id, order_id))


def lock_parent(session: Session, actor: Actor, parent_id: str) -> WorkOrder | Problem:
    """The order that is to get a sub-order, or what speaks against it. It cannot end before this transaction does."""
    try:
        parent = lock_work_order(session, actor, parent_id)
    except Missing:
        return Problem("order.parent_unknown", at="/parent")
    if parent.status != OPEN:
        return Problem("order.parent_closed", at="/parent", params={"number": parent.number})
    if len(orders_above(session, actor, parent.id)) + 1 >= DEEPEST:
        return Problem("order.too_deep", at="/parent", params={"limit": DEEPEST})
    return parent


def connect(session: Session, parent: WorkOrder, order: WorkOrder, position: str) -> None:
    """The new order is a part of the other one, for good."""
    session.add(
        SubOrderLink(
            organisation_id=order.organisation_id, order_id=order.id, parent_id=parent.id, position=position or None
        )
    )
    session.flush()


def check_none_open(session: Session, actor: Actor, order_id: str) -> None:
    """Called when the order is about to end or to be given up: raises SubOrdersOpen, with the numbers."""
    statement = _below(actor, order_id).where(WorkOrder.status == OPEN)
    numbers = [order.number for order, _ in session.execute(statement)]
    if numbers:
        problem = Problem("order.sub_orders_open", params={"numbers": numbers, "count": len(numbers)})
        raise SubOrdersOpen((problem,))


def _below(actor: Actor, order_id: str) -> Select[WorkOrder, SubOrderLink]:
    of_same = and_(
        WorkOrder.organisation_id == SubOrderLink.organisation_id,
        WorkOrder.id == SubOrderLink.order_id,
    )
    return (
        select(WorkOrder, SubOrderLink)
        .join(SubOrderLink, of_same)
        .where(
            WorkOrder.organisation_id == actor.organisation_id,
            SubOrderLink.organisation_id == actor.organisation_id,
            SubOrderLink.parent_id == order_id,
        )
        .order_by(SubOrderLink.order_id)
    )


def _told(session: Session, actor: Actor, order: WorkOrder, link: SubOrderLink) -> SubOrder:
    return SubOrder(
        id=order.id,
        number=order.number,
        status=order.status,
        outcome=order.outcome,
        product=order.product,
        asset=order.asset,
        position=link.position or "",
        title=dict(load_plan(session, actor, order.plan_hash).title),
        assigned_to=order.assigned_to,
    )
