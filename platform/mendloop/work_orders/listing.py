"""Finding work orders: a person's own, and the supervisor's list with its filters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.work_orders.models import Visit, WorkOrder

MOST = 200
OPEN = "open"
STATUSES = ("open", "ended", "cancelled")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means all. `before` is the id of the last order of the page before.

    `among` is a query for order ids: only those are listed.
    """

    status: str = ""
    assignee: str = ""
    product: str = ""
    text: str = ""
    overdue: bool = False
    before: str = ""
    limit: int = 50
    among: Select[Any] | None = None


def my_orders(session: Session, actor: Actor) -> list[WorkOrder]:
    """Open orders that are the actor's, and those in which a step waits for one of their skills."""
    waits_for_me = exists().where(
        Visit.organisation_id == actor.organisation_id,
        Visit.organisation_id == WorkOrder.organisation_id,
        Visit.order_id == WorkOrder.id,
        Visit.status.in_(("ready", "running", "paused")),
        Visit.role.in_(sorted(actor.work_roles)),
    )
    statement = (
        select(WorkOrder)
        .where(
            WorkOrder.organisation_id == actor.organisation_id,
            WorkOrder.status == OPEN,
            or_(WorkOrder.assigned_to == actor.person_id, waits_for_me),
        )
        .order_by(WorkOrder.created_at)
        .limit(MOST)
    )
    return list(session.execute(statement).scalars())


def find_orders(session: Session, actor: Actor, filters: Filters) -> list[WorkOrder]:
    """A page of the organisation's orders, newest first."""
    statement = _narrowed(select(WorkOrder), actor, filters).order_by(WorkOrder.id.desc())
    return list(session.execute(statement.limit(max(1, min(filters.limit, MOST)))).scalars())


def orders_by_id(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, WorkOrder]:
    """Those of these orders that the organisation has."""
    statement = select(WorkOrder).where(
        WorkOrder.organisation_id == actor.organisation_id, WorkOrder.id.in_(sorted(set(ids)))
    )
    return {order.id: order for order in session.execute(statement).scalars()}


def order_by_number(session: Session, actor: Actor, number: str) -> WorkOrder | None:
    """The order with this number, in capital letters or small ones."""
    written = number.strip()
    statement = select(WorkOrder).where(
        WorkOrder.organisation_id == actor.organisation_id,
        WorkOrder.number.in_(sorted({written, written.upper(), written.lower()})),
    )
    return session.execute(statement.limit(1)).scalars().first()


def fingerprint(session: Session, actor: Actor, filters: Filters) -> str:
    """Changes when anything in the filtered list does; cheap enough to be asked every second."""
    newest = select(func.count(), func.max(WorkOrder.changed_at), func.sum(WorkOrder.revision))
    count, changed, revisions = session.execute(_narrowed(newest, actor, filters)).one()
    return f"{count}-{changed}-{revisions}"


def counts(session: Session, actor: Actor) -> dict[str, int]:
    """How many orders there are of each status."""
    statement = (
        select(WorkOrder.status, func.count())
        .where(WorkOrder.organisation_id == actor.organisation_id)
        .group_by(WorkOrder.status)
    )
    return {str(row[0]): int(row[1]) for row in session.execute(statement)}


def count_open_by_version(session: Session, actor: Actor, versions: Iterable[str]) -> dict[str, int]:
    """How many open orders each of these template versions has; those without any are left out."""
    statement = (
        select(WorkOrder.template_version_id, func.count())
        .where(
            WorkOrder.organisation_id == actor.organisation_id,
            WorkOrder.status == OPEN,
            WorkOrder.template_version_id.in_(sorted(set(versions))),
        )
        .group_by(WorkOrder.template_version_id)
    )
    return {str(row[0]): int(row[1]) for row in session.execute(statement)}


def _narrowed(statement: Select, actor: Actor, filters: Filters) -> Select:  # type: ignore[type-arg]
    conditions: list[ColumnElement[bool]] = [WorkOrder.organisation_id == actor.organisation_id]
    if filters.status:
        conditions.append(WorkOrder.status == filters.status)
    if filters.assignee:
        conditions.append(
            WorkOrder.assigned_to.is_(None) if filters.assignee == "none" else WorkOrder.assigned_to == filters.assignee
        )
    if filters.product:
        conditions.append(WorkOrder.product.startswith(filters.product, autoescape=True))
    if filters.text:
        fields = (WorkOrder.number, WorkOrder.asset, WorkOrder.customer)
        conditions.append(or_(*(field.icontains(filters.text, autoescape=True) for field in fields)))
    if filters.overdue:
        conditions.append(and_(WorkOrder.status == OPEN, WorkOrder.due_at < utc_now()))
    if filters.among is not None:
        conditions.append(WorkOrder.id.in_(filters.among))
    if filters.before:
        conditions.append(WorkOrder.id < filters.before)
    return statement.where(*conditions)
