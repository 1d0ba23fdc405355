"""The numbers of work orders: counted by the year, none twice, none left out."""

import datetime as dt
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.work_orders.models import OrderCounter


def next_number(session: Session, actor: Actor, created: dt.datetime) -> str:
    """The next number of the year in the organisation's own time zone; taken with the transaction, or not at all."""
    year = created.astimezone(zone_of(access_organisation(session, actor))).year
    statement = _count_up(session.get_bind().dialect.name)
    row = {"organisation_id": actor.organisation_id, "year": year, "last": 1}
    return f"{year}-{session.execute(statement, row).scalar_one():05d}"


@cache
def _count_up(dialect: str) -> Any:
    table: Table = OrderCounter.__table__  # type: ignore[assignment]
    insert: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    return insert.on_conflict_do_update(
        index_elements=["organisation_id", "year"], set_={"last": table.c.last + 1}
    ).returning(table.c.last)
