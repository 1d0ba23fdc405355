"""Rework by step and by cause, counted by the database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Select, and_, case, cast, func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.filters import Filters
from mendloop.insights.found import narrowing
from mendloop.insights.models import InsightOrder, InsightPart, InsightRework, InsightVisit

MOST = 30


def steps_done_again(session: Session, actor: Actor, filters: Filters) -> Sequence[Any]:
    """Template, step, in how many orders it was completed, and in how many again; those done again most come first."""
    again = func.sum(case((InsightVisit.number == 2, 1), else_=0))
    done = func.sum(case((InsightVisit.number == 1, 1), else_=0))
    statement = (
        _behind(session, actor, filters, InsightVisit, (InsightOrder.template, InsightVisit.node, done, again))
        .where(InsightVisit.number <= 2)
        .group_by(InsightOrder.template, InsightVisit.node)
        .having(done > 0)
        .order_by(again.desc(), done.desc(), InsightOrder.template, InsightVisit.node)
    )
    return session.execute(statement.limit(MOST)).all()


def causes_of_rework(session: Session, actor: Actor, filters: Filters) -> Sequence[Any]:
    """Template, the step that was done again, the reason that was given, how often; the most frequent first."""
    columns = (InsightOrder.template, InsightRework.to_node, InsightRework.reason)
    often = func.count()
    statement = _behind(session, actor, filters, InsightRework, (*columns, often)).group_by(*columns)
    return session.execute(statement.order_by(often.desc(), *columns).limit(MOST)).all()


def parts_moved(session: Session, actor: Actor, filters: Filters) -> Sequence[Any]:
    """Part, thousandths used and returned, in how many orders; of repairs, those used most first."""
    amounts = [
        cast(func.sum(case((InsightPart.action == action, InsightPart.milli), else_=0)), BigInteger)
        for action in ("used", "returned")
    ]
    orders = func.count(InsightPart.order_id.distinct())
    statement = (
        _behind(session, actor, filters, InsightPart, (InsightPart.part, *amounts, orders))
        .where(InsightOrder.is_corrective, InsightPart.action.in_(("used", "returned")))
        .group_by(InsightPart.part)
        .order_by(amounts[0].desc(), InsightPart.part)
    )
    return session.execute(statement.limit(MOST)).all()


def _behind(session: Session, actor: Actor, filters: Filters, table: Any, columns: Sequence[Any]) -> Select[Any]:
    of_order = and_(table.organisation_id == InsightOrder.organisation_id, table.order_id == InsightOrder.order_id)
    statement = select(*columns).select_from(table).join(InsightOrder, of_order)
    return statement.where(table.organisation_id == actor.organisation_id, *narrowing(session, actor, filters))
