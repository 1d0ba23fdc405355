"""Keeping the facts: orders that are over and have not been read yet, or of which more has arrived since.

Nothing is written when an order ends: whoever asks for figures has them read, a few in a transaction, for as long as
nobody notices. Facts of an order are replaced as a whole, so that nothing is ever counted twice.
"""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Table, and_, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import run_write
from mendloop.insights.evidence import Place
from mendloop.insights.models import InsightOrder, InsightPart, InsightReading, InsightRework, InsightVisit
from mendloop.insights.order_facts import About, Facts, Row, facts_of
from mendloop.library.services import load_plan
from mendloop.photos.services import evidence_of, find_photo, photos_named_in
from mendloop.work_orders.access import CLOSED, WorkOrder, lock_work_order
from mendloop.work_orders.chain import events_of

TABLES: tuple[Table, ...] = tuple(
    model.__table__  # type: ignore[misc]
    for model in (InsightVisit, InsightRework, InsightReading, InsightPart, InsightOrder)
)
AT_ONCE = 25
"""Orders that are read in one transaction."""
SECONDS = 1.0
"""How long a page reads that goes on reading by itself."""
GLANCE = 0.1
"""How long a page does that somebody waits for."""


def count_over(session: Session, actor: Actor) -> int:
    """How many orders are over."""
    return session.execute(select(func.count()).select_from(WorkOrder).where(*_over(actor))).scalar_one()


def count_unread(session: Session, actor: Actor) -> int:
    """How many of them have not been read as they are now."""
    return int(session.execute(_unread(actor, func.count())).scalar_one())


def glance(session: Session, actor: Actor) -> int:
    """Read what can be read while nobody notices; how many are left."""
    return catch_up(session, actor, GLANCE, 5)


def catch_up(session: Session, actor: Actor, seconds: float = SECONDS, at_once: int = AT_ONCE) -> int:
    """Read orders for so long, those that ended last first; how many are left."""
    until = time.monotonic() + seconds
    left = count_unread(session, actor)
    while left and time.monotonic() < until:
        read = run_write(session, lambda: read_some(session, actor, at_once))
        left = count_unread(session, actor) if read == 0 or left <= read else left - read
        if read == 0:
            break
    return left


def read_all(session: Session, actor: Actor) -> None:
    """Read whatever there is to read, however long that takes."""
    while run_write(session, lambda: read_some(session, actor, AT_ONCE)):
        pass


def rebuild(session: Session, actor: Actor) -> int:
    """Throw all facts away and read every order again; how many."""
    run_write(session, lambda: _forget(session, actor))
    read_all(session, actor)
    return count_over(session, actor)


def read_some(session: Session, actor: Actor, limit: int) -> int:
    """Read so many orders in the caller's transaction; how many there were."""
    statement = _unread(actor, WorkOrder.id).order_by(WorkOrder.id.desc()).limit(limit)
    found = list(session.execute(statement).scalars())
    for order_id in found:
        read_order(session, actor, order_id)
    return len(found)


def read_order(session: Session, actor: Actor, order_id: str) -> None:
    """Replace the facts of one order that is over by what its events say now."""
    order = lock_work_order(session, actor, order_id)
    facts = _facts(session, actor, order)
    own = {"organisation_id": actor.organisation_id, "order_id": order_id}
    for table in TABLES:
        mine = (table.c.organisation_id == actor.organisation_id, table.c.order_id == order_id)
        session.execute(delete(table).where(*mine))
    rows = (facts.visits, facts.reworks, facts.readings, facts.parts, [facts.order])
    for table, found in zip(TABLES, rows, strict=True):
        if found:
            session.execute(insert(table), [{**own, **row} for row in found])


def fact_bytes(session: Session, actor: Actor) -> bytes:
    """All facts of the organisation, to compare."""
    found: dict[str, list[Row]] = {}
    for table in TABLES:
        statement = select(table).where(table.c.organisation_id == actor.organisation_id)
        rows = session.execute(statement.order_by(*table.primary_key)).mappings()
        found[table.name] = [dict(row) for row in rows]
    return json.dumps(found, sort_keys=True, ensure_ascii=False).encode()


def _facts(session: Session, actor: Actor, order: WorkOrder) -> Facts:
    plan = load_plan(session, actor, order.plan_hash)
    events = [(stored.sequence, stored.event) for stored in events_of(session, actor, order.id)]
    about = About(
        number=order.number,
        template=plan.key,
        version=order.template_version_id,
        product=order.product,
        asset=order.asset,
        customer=order.customer,
        assigned_to=order.assigned_to,
    )
    return facts_of(about, events, plan, _places(session, actor, events))


def _places(session: Session, actor: Actor, events: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[str, Place]:
    """Where the photos of completed steps were taken, as far as their files say."""
    hashes = set().union(
        *(photos_named_in(event["answers"]) for _, event in events if event["type"] == "StepCompleted"), set()
    )
    found: dict[str, Place] = {}
    for sha256 in sorted(hashes):
        photo = find_photo(session, actor, sha256)
        place = evidence_of(photo).get("position") if photo is not None else None
        if place:
            found[sha256] = (place["latitude"], place["longitude"])
    return found


def _forget(session: Session, actor: Actor) -> None:
    for table in TABLES:
        session.execute(delete(table).where(table.c.organisation_id == actor.organisation_id))


def _over(actor: Actor) -> tuple[Any, ...]:
    return WorkOrder.organisation_id == actor.organisation_id, WorkOrder.status.in_(CLOSED)


def _unread(actor: Actor, what: Any) -> Select[Any]:
    read = and_(
        InsightOrder.organisation_id == WorkOrder.organisation_id,
        InsightOrder.order_id == WorkOrder.id,
        InsightOrder.organisation_id == actor.organisation_id,
    )
    stale = or_(InsightOrder.order_id.is_(None), InsightOrder.revision != WorkOrder.revision)
    return select(what).select_from(WorkOrder).outerjoin(InsightOrder, read).where(*_over(actor), stale)
