"""The numbers of work orders: counted by the year, none twice, none left out."""

import datetime as dt
import re
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.clock import utc_now
from mendloop.work_orders.models import OrderCounter

_SHORT = re.compile(r"(?:([0-9]{4})-)?([0-9]{1,6})")


def next_number(session: Session, actor: Actor, created: dt.datetime) -> str:
    """The next number of the year in the organisation's own time zone; taken with the transaction, or not at all."""
    year = created.astimezone(zone_of(access_organisation(session, actor))).year
    statement = _count_up(session.get_bind().dialect.name)
    row = {"organisation_id": actor.organisation_id, "year": year, "last": 1}
    return f"{year}-{session.execute(statement, row).scalar_one():05d}"


def whole_number(session: Session, actor: Actor, written: str) -> str:
    """`13` as number 13 of this year is written, `2026-13` as that of its year; anything else as it is."""
    found = _SHORT.fullmatch(written.strip())
    if found is None:
        return written
    year = found[1] or str(utc_now().astimezone(zone_of(access_organisation(session, actor))).year)
    return f"{year}-{int(found[2]):05d}"


@cache
def _count_up(dialect: str) -> Any:
    table: Table = OrderCounter.__table__  # type: ignore[assignment]
    insert: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    return insert.on_conflict_do_update(
        index_elements=["organisation_id", "year"], set_={"last": table.c.last + 1}
    ).returning(table.c.last)
