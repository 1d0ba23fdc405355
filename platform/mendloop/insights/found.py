"""Finding facts: the orders behind figures, as rows of just the columns that the figure reads."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.insights.filters import Filters
from mendloop.insights.models import InsightOrder

FACTS: Table = InsightOrder.__table__  # type: ignore[assignment]
LEAST = ("order_id", "status", "ended_at")
"""What every figure reads."""
COMMON = (*LEAST, "number", "template", "version", "product", "customer", "faults", "person", "team")
"""And what tells whose an order is."""


def find_facts(
    session: Session, actor: Actor, filters: Filters, columns: Iterable[str], common: Sequence[str] = COMMON
) -> Sequence[Any]:
    """Orders that fit the filters, with these columns and the common ones, in no order."""
    named = [FACTS.c[name] for name in dict.fromkeys((*common, *columns))]
    return session.execute(select(*named).where(*narrowing(session, actor, filters))).all()


def narrowing(session: Session, actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """The filters as conditions on the facts of orders."""
    conditions: list[ColumnElement[bool]] = [InsightOrder.organisation_id == actor.organisation_id]
    for name, value in filters.chosen:
        column: InstrumentedAttribute[str] = getattr(InsightOrder, "faults" if name == "fault" else name)
        if name == "fault":
            conditions.append(column.contains(f"|{value}|", autoescape=True))
        elif name == "product":
            conditions.append(or_(column == value, column.startswith(f"{value}/", autoescape=True)))
        else:
            conditions.append(column == value)
    return conditions + _period(session, actor, filters)


def orders_matching(session: Session, actor: Actor, filters: Filters) -> list[str]:
    """The ids of the orders that fit, those that ended last first: for whoever reads their events."""
    statement = select(InsightOrder.order_id).where(*narrowing(session, actor, filters))
    return list(session.execute(statement.order_by(InsightOrder.ended_at.desc(), InsightOrder.order_id)).scalars())


def zone(session: Session, actor: Actor) -> dt.tzinfo:
    """In which days of the organisation are counted."""
    return zone_of(access_organisation(session, actor))


def _period(session: Session, actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    here = zone(session, actor)
    bounds = []
    if filters.since is not None:
        bounds.append(InsightOrder.ended_at >= _first_of(filters.since, here))
    if filters.until is not None and filters.until < dt.date.max:
        bounds.append(InsightOrder.ended_at < _first_of(filters.until + dt.timedelta(days=1), here))
    return [and_(*bounds)] if bounds else []


def _first_of(day: dt.date, here: dt.tzinfo) -> int:
    """The first moment of a day, in milliseconds since 1970."""
    return round(dt.datetime.combine(day, dt.time(), here).timestamp() * 1000)
