"""Keeping the sheets of orders that are over: which of them have not been looked at since something changed for them.

What is laid down for all orders concerns none that is over, unless whoever says it says so. Then a rate, a price, a
rule, a special day or the settings can concern every order there ever was. Those that it cannot concern by their days
are passed over in one statement; a few others are looked at at once, in the same transaction, and the rest piece by
piece.
"""

import datetime as dt
import json
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from mendloop.accounts.actor import Actor
from mendloop.costing import facts
from mendloop.costing.models import CostFact, CostSheet, CostStand
from mendloop.costing.revisions import revise_stale
from mendloop.database import run_write
from mendloop.work_orders.access import CLOSED, WorkOrder

T = TypeVar("T")
AT_ONCE = 10
"""Orders that are looked at in the transaction that made it necessary."""
BY_DAYS = frozenset({facts.DAY, facts.RATE, facts.PRICE})
"""What holds on some days, and can concern only orders in which something was done then."""
SECONDS = 1.0
"""How long a request that goes on looking at others takes for it."""
GLANCE = 0.05
"""How long a page that somebody waits for does."""


def waiting(session: Session, actor: Actor) -> int:
    """How many orders that are over have not been looked at."""
    return session.execute(_waiting(session, actor, func.count())).scalar_one()


def look_at_some(session: Session, actor: Actor, limit: int = AT_ONCE) -> int:
    """Look at so many of them, those that were opened last first; how many."""
    statement = _waiting(session, actor, WorkOrder.id).order_by(WorkOrder.id.desc())
    found = list(session.execute(statement.limit(limit)).scalars())
    for order_id in found:
        revise_stale(session, actor, order_id)
    return len(found)


def keep_up(session: Session, actor: Actor, seconds: float = SECONDS) -> int:
    """Look at orders for so long, a few in a transaction; how many are left."""
    until = time.monotonic() + seconds
    left = waiting(session, actor)
    if not left or seconds <= 0:
        return left
    while left and time.monotonic() < until:
        left -= run_write(session, lambda: look_at_some(session, actor))
    return waiting(session, actor)


def glance(session: Session, actor: Actor) -> int:
    """Look at one order or two, no more than anybody notices who waits for a page; how many are left."""
    until = time.monotonic() + GLANCE
    left = waiting(session, actor)
    while left and time.monotonic() < until:
        left -= run_write(session, lambda: look_at_some(session, actor, 1))
    return left


def changed_since(session: Session, actor: Actor, moment: dt.datetime) -> int:
    """How many orders cost something else since, though they were over before."""
    before = aliased(CostSheet)
    was = and_(
        before.organisation_id == CostSheet.organisation_id,
        before.order_id == CostSheet.order_id,
        before.revision == CostSheet.revision - 1,
        before.status.in_(CLOSED),
    )
    ours = (CostSheet.organisation_id == actor.organisation_id, CostSheet.made_at >= moment)
    statement = select(func.count(CostSheet.order_id.distinct())).select_from(CostSheet).join(before, was).where(*ours)
    return session.execute(statement).scalar_one()


def look_again(session: Session, actor: Actor) -> None:
    """Forget what was looked at: another release may work something out in another way."""
    statement = update(CostStand).where(CostStand.organisation_id == actor.organisation_id).values(facts=-1)
    session.execute(statement.execution_options(synchronize_session=False))


def pass_over(session: Session, actor: Actor, first: int) -> None:
    """What was said of closed orders from the fact number `first` on concerns none that was looked at before, but by
    its days. Open orders are left alone: they are looked at when somebody wants to know."""
    said = facts.said(session, actor)
    news = [fact for fact in said if fact.sequence >= first and fact.why]
    if not {fact.kind for fact in news} <= BY_DAYS:
        return
    statement = update(CostStand).where(
        CostStand.organisation_id == actor.organisation_id,
        CostStand.facts >= _last(session, actor, CostFact.sequence < first),
        CostStand.order_id.in_(select(WorkOrder.id).where(*_over(actor))),
        *(not_(overlap) for fact in news for overlap in _overlaps(fact, said)),
    )
    statement = statement.values(facts=_last(session, actor))
    session.execute(statement.execution_options(synchronize_session=False))


def _waiting(session: Session, actor: Actor, what: ColumnElement[T] | InstrumentedAttribute[T]) -> Select[T]:
    looked_at = and_(
        CostStand.organisation_id == WorkOrder.organisation_id,
        CostStand.order_id == WorkOrder.id,
        CostStand.organisation_id == actor.organisation_id,
    )
    stale = or_(CostStand.order_id.is_(None), CostStand.facts < _last(session, actor))
    return select(what).select_from(WorkOrder).outerjoin(CostStand, looked_at).where(*_over(actor), stale)


def _over(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return WorkOrder.organisation_id == actor.organisation_id, WorkOrder.status.in_(CLOSED)


def _last(session: Session, actor: Actor, *conditions: ColumnElement[bool]) -> int:
    """The number of the last fact for all orders that reaches closed ones."""
    return facts.last_general(session, actor, facts.reaches_closed(), *conditions)


def _overlaps(fact: CostFact, said: Iterable[CostFact]) -> Iterator[ColumnElement[bool]]:
    """The orders that it can concern. What is taken back concerns those that it did."""
    if fact.kind == facts.DAY:
        yield _overlap(fact.key, fact.key)
        return
    for each in said:
        data = json.loads(each.data) if (each.kind, each.key) == (fact.kind, fact.key) else None
        if data is not None:
            yield _overlap(data["since"], data["until"] or dt.date.max.isoformat())


def _overlap(since: str, until: str) -> ColumnElement[bool]:
    return and_(CostStand.first_day <= until, CostStand.last_day >= since)
