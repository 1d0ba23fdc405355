"""The facts behind figures as rows for other programs: one table for each kind of fact."""

from collections.abc import Iterator, Sequence
from typing import Any

from mendloop_engine.time import write_moment
from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, and_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.insights.filters import Filters
from mendloop.insights.found import narrowing
from mendloop.insights.models import InsightOrder, InsightPart, InsightReading, InsightRework, InsightVisit
from mendloop.problems import Missing

MODELS: dict[str, Any] = {
    "orders": InsightOrder,
    "visits": InsightVisit,
    "reworks": InsightRework,
    "readings": InsightReading,
    "parts": InsightPart,
}
AT_ONCE = 1000


def columns_of(name: str) -> list[Column[Any]]:
    """What is told of each fact; `Missing` for a table that there is not."""
    if name not in MODELS:
        raise Missing
    table: Table = MODELS[name].__table__
    return [column for column in table.columns if column.name != "organisation_id"]


def type_of(column: Column[Any]) -> str:
    """In SQL, as a file keeps it."""
    if column.name.endswith("_at") or column.name == "at":
        return "TIMESTAMP"
    if isinstance(column.type, Boolean):
        return "BOOLEAN"
    return "BIGINT" if isinstance(column.type, Integer | BigInteger) else "VARCHAR"


def facts(session: Session, actor: Actor, name: str, filters: Filters) -> Iterator[Sequence[Any]]:
    """The facts about the orders that the filters let through, one by one, in the order of their keys. Moments are
    written as everywhere, in UTC."""
    columns = columns_of(name)
    moments = [type_of(column) == "TIMESTAMP" for column in columns]
    model = MODELS[name]
    statement = select(*columns).where(*narrowing(session, actor, filters))
    if model is not InsightOrder:
        of_order = and_(model.organisation_id == InsightOrder.organisation_id, model.order_id == InsightOrder.order_id)
        statement = statement.join(InsightOrder, of_order).where(model.organisation_id == actor.organisation_id)
    found = session.execute(statement.order_by(*columns[: len(model.__table__.primary_key) - 1]))
    for row in found.yield_per(AT_ONCE):
        yield [write_moment(value) if is_moment else value for value, is_moment in zip(row, moments, strict=True)]
