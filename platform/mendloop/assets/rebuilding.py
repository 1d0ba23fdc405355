"""Making the units again from the facts. What comes out must be, byte for byte, what was there."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.models import AssetFact
from mendloop.assets.projection import replay
from mendloop.assets.turns import take_turn
from mendloop.assets.units import MANY, UNITS


def rebuild_units(session: Session, actor: Actor) -> None:
    """Throw the organisation's units away and make them from its facts, in a write transaction."""
    take_turn(session, actor)
    made = list(replay(_facts(session, actor)).values())
    connection = session.connection()
    connection.execute(delete(UNITS).where(UNITS.c.organisation_id == actor.organisation_id))
    for start in range(0, len(made), MANY):
        connection.execute(UNITS.insert(), made[start : start + MANY])


def unit_bytes(session: Session, actor: Actor) -> bytes:
    """All units as they are kept, as bytes to compare."""
    statement = select(UNITS).where(UNITS.c.organisation_id == actor.organisation_id).order_by(UNITS.c.id)
    rows = session.connection().execute(statement)
    return _as_bytes(dict(row._mapping) for row in rows)  # noqa: SLF001 - its name


def rebuilt_bytes(session: Session, actor: Actor) -> bytes:
    """The same, made from the facts without keeping it."""
    made = replay(_facts(session, actor))
    return _as_bytes(made[unit_id] for unit_id in sorted(made))


def _facts(session: Session, actor: Actor) -> Iterator[AssetFact]:
    statement = select(AssetFact).where(AssetFact.organisation_id == actor.organisation_id)
    yield from session.execute(statement.order_by(AssetFact.sequence)).scalars().yield_per(MANY)


def _as_bytes(rows: Iterable[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(row, sort_keys=True, ensure_ascii=False, default=str) for row in rows).encode()
