"""Whoever changes BOMs or assets takes turns: two that are each right alone can be wrong together."""

from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.models import AssetCounter

_COUNTERS: Table = AssetCounter.__table__  # type: ignore[assignment]


def take_turn(session: Session, actor: Actor, facts: int = 0) -> int:
    """Nobody else changes anything before this transaction ends. Answers the number of the last of `facts` new ones."""
    statement = _count_up(session.get_bind().dialect.name, facts)
    row = {"organisation_id": actor.organisation_id, "last": facts}
    return int(session.connection().execute(statement, row).scalar_one())


@cache
def _count_up(dialect: str, by: int) -> Any:
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(_COUNTERS)
    return insert.on_conflict_do_update(
        index_elements=["organisation_id"], set_={"last": _COUNTERS.c.last + by}
    ).returning(_COUNTERS.c.last)
