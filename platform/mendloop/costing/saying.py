"""Saying something about costs: a fact that is kept for ever, and a look at the orders that it concerns."""

import datetime as dt
from typing import Any

from mendloop_engine.canonical import canonical_text
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.costing import following
from mendloop.costing.models import CostFact
from mendloop.database import new_id
from mendloop.problems import Conflict, Problem


def say(
    session: Session,
    actor: Actor,
    kind: str,
    key: str,
    data: dict[str, Any] | None,
    *,
    order_id: str | None = None,
    why: str = "",
    at: dt.datetime | None = None,
) -> CostFact:
    """Add a fact behind the last one; those that are said at one moment `at` are one change of what orders cost.

    Who comes at the same moment takes the whole transaction again. Orders that this may concern are looked at before
    the transaction ends.
    """
    last = select(func.max(CostFact.sequence)).where(CostFact.organisation_id == actor.organisation_id)
    fact = CostFact(
        organisation_id=actor.organisation_id,
        id=new_id(),
        sequence=(session.execute(last).scalar() or 0) + 1,
        kind=kind,
        key=key,
        order_id=order_id,
        data=canonical_text(data),
        said_at=at or utc_now(),
        said_by=actor.person_id,
        why=why.strip()[:1000],
    )
    session.add(fact)
    session.flush()
    following.fact_said(session, actor, fact)
    return fact


def say_once(
    session: Session,
    actor: Actor,
    kind: str,
    key: str,
    data: dict[str, Any],
    *,
    order_id: str | None = None,
    why: str = "",
) -> CostFact:
    """Say it under the asker's own key, or a new one. The same under the same key is the fact that was said before,
    whatever became of it since; refused when it was something else."""
    known = _first(session, actor, kind, key) if key else None
    if known is None:
        return say(session, actor, kind, key or new_id(), data, order_id=order_id, why=why)
    if (known.data, known.order_id, known.why) != (canonical_text(data), order_id, why):
        raise Conflict(Problem("cost.key_taken", at="/key", params={"key": key}))
    return known


def _first(session: Session, actor: Actor, kind: str, key: str) -> CostFact | None:
    statement = select(CostFact).where(
        CostFact.organisation_id == actor.organisation_id, CostFact.kind == kind, CostFact.key == key
    )
    return session.execute(statement.order_by(CostFact.sequence).limit(1)).scalars().first()
