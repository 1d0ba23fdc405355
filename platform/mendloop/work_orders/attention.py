"""Open orders that a person should attend to: due, at a standstill, new, sent back, at a step that waits for a skill.

Each is one narrow query, cheap enough to be asked every few seconds with hundreds of open orders.
"""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from mendloop_engine.plan import Plan
from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import Session, aliased

from mendloop.accounts.actor import Actor
from mendloop.library.services import load_plan
from mendloop.work_orders.listing import OPEN
from mendloop.work_orders.models import Visit, WorkOrder

MOST = 500
READY, RUNNING = "ready", "running"
_COLUMNS: tuple[Any, ...] = (
    WorkOrder.id,
    WorkOrder.number,
    WorkOrder.product,
    WorkOrder.asset,
    WorkOrder.customer,
    WorkOrder.priority,
    WorkOrder.assigned_to,
    WorkOrder.due_at,
    WorkOrder.created_at,
    WorkOrder.changed_at,
)


@dataclass(frozen=True, slots=True)
class Watched:
    """An open order in short. `changed` is when something happened in it last."""

    id: str
    number: str
    product: str
    asset: str
    customer: str
    priority: str
    assigned_to: str | None
    due: dt.datetime | None
    created: dt.datetime
    changed: dt.datetime


@dataclass(frozen=True, slots=True)
class WatchedStep:
    """A step that is ready and that nobody has begun, since when, and whose skill it asks for."""

    order: Watched
    visit: str
    role: str
    title: Mapping[str, str]
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class Standstill:
    """An order that was begun and that nobody is at: of each open step the visit, its status, and since when."""

    order: Watched
    steps: tuple[tuple[str, str, dt.datetime], ...]
    plan: Plan


def due_before(session: Session, actor: Actor, instant: dt.datetime) -> list[Watched]:
    """What should be done by then, the most overdue first."""
    return _orders(session, _open(actor).where(WorkOrder.due_at < instant).order_by(WorkOrder.due_at))


def due_between(session: Session, actor: Actor, first: dt.datetime, last: dt.datetime) -> list[Watched]:
    """What has to be done in that time, the soonest first."""
    statement = _open(actor).where(WorkOrder.due_at >= first, WorkOrder.due_at < last)
    return _orders(session, statement.order_by(WorkOrder.due_at))


def at_a_standstill(session: Session, actor: Actor) -> list[Standstill]:
    """Begun, and nobody is at work."""
    statement = _open(actor).add_columns(WorkOrder.plan_hash, WorkOrder.state)
    statement = statement.where(_is_begun(), ~_has_visit(Visit.status == RUNNING))
    return [_standstill(session, actor, row) for row in session.execute(statement.limit(MOST))]


def never_begun(session: Session, actor: Actor) -> list[Watched]:
    """Nobody has begun any step of it; the oldest first."""
    return _orders(session, _open(actor).where(~_is_begun()).order_by(WorkOrder.created_at))


def begun_among(session: Session, actor: Actor, order_ids: Collection[str]) -> set[str]:
    """Those of these orders in which somebody has begun a step, whatever became of it."""
    own = (WorkOrder.organisation_id == actor.organisation_id, WorkOrder.id.in_(sorted(order_ids)))
    return set(session.execute(select(WorkOrder.id).where(*own, _is_begun())).scalars())


def given_and_not_begun(session: Session, actor: Actor) -> list[Watched]:
    """Somebody has it, and nobody has begun any step of it."""
    statement = _open(actor).where(WorkOrder.assigned_to.is_not(None), ~_is_begun())
    return _orders(session, statement.order_by(WorkOrder.changed_at))


def steps_sent_back(session: Session, actor: Actor) -> list[WatchedStep]:
    """Steps to be done once more that nobody has begun again."""
    return _steps(session, actor, Visit.rework.is_not(None))


def steps_handed_on(session: Session, actor: Actor) -> list[WatchedStep]:
    """Steps that ask for another skill than a step before them in the same order, and that nobody has begun."""
    before = aliased(Visit)
    done = exists().where(
        before.organisation_id == WorkOrder.organisation_id,
        before.order_id == Visit.order_id,
        before.status == "completed",
        before.role != Visit.role,
    )
    return _steps(session, actor, and_(Visit.rework.is_(None), done))


def _steps(session: Session, actor: Actor, which: ColumnElement[bool]) -> list[WatchedStep]:
    statement = (
        select(*_COLUMNS, WorkOrder.plan_hash, Visit.node, Visit.number.label("turn"), Visit.role, Visit.opened_at)
        .join(Visit, and_(Visit.organisation_id == WorkOrder.organisation_id, Visit.order_id == WorkOrder.id))
        .where(WorkOrder.organisation_id == actor.organisation_id, WorkOrder.status == OPEN)
        .where(Visit.status == READY, which)
        .order_by(Visit.opened_at)
        .limit(MOST)
    )
    return [_step(session, actor, row) for row in session.execute(statement)]


def _standstill(session: Session, actor: Actor, row: Any) -> Standstill:
    active = json.loads(row.state)["active"].items()
    steps = tuple((visit, each["status"], dt.datetime.fromisoformat(each["since"])) for visit, each in active)
    return Standstill(_watched(row), steps, load_plan(session, actor, row.plan_hash))


def _step(session: Session, actor: Actor, row: Any) -> WatchedStep:
    title = load_plan(session, actor, row.plan_hash).step(row.node).title
    since = dt.datetime.fromisoformat(row.opened_at)
    return WatchedStep(_watched(row), f"{row.node}#{row.turn}", row.role, dict(title), since)


def _open(actor: Actor) -> Select[Any]:
    return select(*_COLUMNS).where(WorkOrder.organisation_id == actor.organisation_id, WorkOrder.status == OPEN)


def _is_begun() -> ColumnElement[bool]:
    return _has_visit(Visit.started_at.is_not(None))


def _has_visit(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Visit.organisation_id == WorkOrder.organisation_id, Visit.order_id == WorkOrder.id, which)


def _orders(session: Session, statement: Select[Any]) -> list[Watched]:
    return [_watched(row) for row in session.execute(statement.limit(MOST))]


def _watched(row: Any) -> Watched:
    return Watched(
        id=row.id,
        number=row.number,
        product=row.product,
        asset=row.asset,
        customer=row.customer,
        priority=row.priority,
        assigned_to=row.assigned_to,
        due=row.due_at,
        created=row.created_at,
        changed=dt.datetime.fromisoformat(row.changed_at) if row.changed_at else row.created_at,
    )
