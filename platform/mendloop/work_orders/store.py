"""The hot path to the database: a few statements, built once. Nothing here reads more than one step needs.

Completing a step costs the same after 20 steps and after 1,000: one order row, the visit, what its expressions read.
Statements go to the session's connection directly: the ORM's way around costs a third more, and the tenancy guard
stands behind both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from mendloop.work_orders.models import OrderEvent, Visit, WorkOrder

ORDERS: Table = WorkOrder.__table__  # type: ignore[assignment]
EVENTS: Table = OrderEvent.__table__  # type: ignore[assignment]
VISITS: Table = Visit.__table__  # type: ignore[assignment]

_THIS_ORDER = (ORDERS.c.organisation_id == bindparam("organisation"), ORDERS.c.id == bindparam("order"))
_OF_ORDER = (VISITS.c.organisation_id == bindparam("organisation"), VISITS.c.order_id == bindparam("order"))
_OF_NODE = (*_OF_ORDER, VISITS.c.node == bindparam("at_node"))
_THIS_VISIT = (*_OF_NODE, VISITS.c.number == bindparam("at_number"))
_COMPLETED = (*_OF_NODE, VISITS.c.status == "completed")
_HISTORY = (VISITS.c.number, VISITS.c.by, VISITS.c.answers, VISITS.c.reasons, VISITS.c.completed_at)

_CONTROL = (
    select(
        ORDERS.c.plan_hash, ORDERS.c.revision, ORDERS.c.head, ORDERS.c.state, ORDERS.c.steps_done, ORDERS.c.worked_ms
    )
    .where(*_THIS_ORDER)
    .with_for_update()
)
_LATEST = select(*_HISTORY).where(*_COMPLETED).order_by(VISITS.c.number.desc()).limit(1)
_ALL_COMPLETED = select(*_HISTORY).where(*_COMPLETED).order_by(VISITS.c.number)
_COUNT = select(func.max(VISITS.c.number)).where(*_OF_NODE)
_DRAFT = select(VISITS.c.draft).where(*_THIS_VISIT)
_CHANGE_ORDER = update(ORDERS).where(*_THIS_ORDER)
_CHANGE_VISIT = update(VISITS).where(*_THIS_VISIT)
_WITHDRAW = update(VISITS).where(*_OF_ORDER, VISITS.c.status != "completed").values(status="withdrawn")


@dataclass(frozen=True, slots=True)
class Control:
    """What deciding a command on an order starts from; `head` is the hash of its last event."""

    plan_hash: str
    revision: int
    head: str
    state: str
    steps_done: int
    worked_ms: int


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One work order of one organisation."""

    organisation_id: str
    order_id: str

    def values(self, **more: object) -> dict[str, object]:
        """As the parameters that the statements here want."""
        return {"organisation": self.organisation_id, "order": self.order_id, **more}


def lock_control(session: Session, key: OrderKey) -> Control | None:
    """The order's control row; nobody else changes the order before this transaction ends."""
    row = session.connection().execute(_CONTROL, key.values()).one_or_none()
    return Control(*row) if row is not None else None


def latest_visit(session: Session, key: OrderKey, node: str) -> Any:
    """The last completed visit of a step: number, by, answers, reasons, completed_at."""
    return session.connection().execute(_LATEST, key.values(at_node=node)).one_or_none()


def completed_visits(session: Session, key: OrderKey, node: str) -> Sequence[Any]:
    """All completed visits of a step, first one first."""
    return session.connection().execute(_ALL_COMPLETED, key.values(at_node=node)).all()


def count_visits(session: Session, key: OrderKey, node: str) -> int:
    """How many visits of a step were opened."""
    return session.connection().execute(_COUNT, key.values(at_node=node)).scalar() or 0


def draft_of(session: Session, key: OrderKey, node: str, number: int) -> str:
    """The answers recorded so far for a visit that is not completed, as JSON text."""
    return session.connection().execute(_DRAFT, key.values(at_node=node, at_number=number)).scalar() or "{}"


def append_events(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Add events behind the last one."""
    session.connection().execute(EVENTS.insert(), list(rows))


def add_visit(session: Session, row: Mapping[str, object]) -> None:
    """A visit was opened."""
    session.connection().execute(VISITS.insert(), dict(row))


def change_visit(session: Session, key: OrderKey, visit: tuple[str, int], values: Mapping[str, object]) -> None:
    """Set columns of one visit."""
    node, number = visit
    session.connection().execute(_CHANGE_VISIT, {**key.values(at_node=node, at_number=number), **values})


def withdraw_visits(session: Session, key: OrderKey) -> None:
    """Close what is still open: the order was given up."""
    session.connection().execute(_WITHDRAW, key.values())


def change_order(session: Session, key: OrderKey, values: Mapping[str, object]) -> None:
    """Set columns of the order's row."""
    session.connection().execute(_CHANGE_ORDER, {**key.values(), **values})
