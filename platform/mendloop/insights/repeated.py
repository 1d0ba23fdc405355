"""Readings that say the same again and again: within one visit, or as the same person's last two at the same place."""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.models import InsightReading


def repeated_readings(session: Session, actor: Actor) -> dict[str, tuple[int, int]]:
    """By order: how many readings were compared, and how many of them repeat others."""
    told = _with_those_before(actor)
    statement = select(told.c.order_id, func.count(), func.sum(case((_repeats(told), 1), else_=0)))
    return {row[0]: (row[1], int(row[2])) for row in session.execute(statement.group_by(told.c.order_id))}


def which_repeat(session: Session, actor: Actor, *conditions: Any) -> list[Any]:
    """The repeated readings themselves: order_id, place, number, person, value, at."""
    told = _with_those_before(actor)
    statement = select(told).where(_repeats(told), *(condition(told) for condition in conditions))
    return list(session.execute(statement.order_by(told.c.order_id, told.c.place, told.c.number)).all())


def _with_those_before(actor: Actor) -> Subquery:
    order = (InsightReading.at, InsightReading.order_id, InsightReading.number)
    by = (InsightReading.person, InsightReading.place)
    before = [func.lag(InsightReading.value, n).over(partition_by=by, order_by=order) for n in (1, 2)]
    return (
        select(
            InsightReading.order_id,
            InsightReading.place,
            InsightReading.number,
            InsightReading.person,
            InsightReading.value,
            InsightReading.at,
            InsightReading.same_here,
            before[0].label("last"),
            before[1].label("last_but_one"),
        )
        .where(InsightReading.organisation_id == actor.organisation_id)
        .subquery()
    )


def _repeats(told: Subquery) -> ColumnElement[bool]:
    as_before = and_(told.c.value == told.c.last, told.c.value == told.c.last_but_one)
    return or_(told.c.same_here, func.coalesce(as_before, False))
