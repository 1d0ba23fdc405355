"""Moving parts. A movement is one immutable entry and two balances, inside the caller's write transaction."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.database import new_id
from mendloop.inventory.locations import kind_of, owner_of
from mendloop.inventory.models import Location, StockBalance, StockEntry

_BALANCE: Table = StockBalance.__table__  # type: ignore[assignment]
_ENTRY: Table = StockEntry.__table__  # type: ignore[assignment]
_LOCATION: Table = Location.__table__  # type: ignore[assignment]
_AT = (
    _BALANCE.c.organisation_id == bindparam("organisation"),
    _BALANCE.c.part_id == bindparam("part"),
    _BALANCE.c.location == bindparam("place"),
)
_ON_HAND = select(_BALANCE.c.milli).where(*_AT)
_TAKE = (
    update(_BALANCE)
    .where(*_AT, _BALANCE.c.milli >= bindparam("take"))
    .values(milli=_BALANCE.c.milli - bindparam("take"))
)


@dataclass(frozen=True, slots=True)
class Movement:
    """What moves, why, and for which work order. `milli` are thousandths of the part's unit."""

    part_id: str
    milli: int
    at: dt.datetime
    action: str
    order_id: str | None = None
    visit: str | None = None
    serial: str | None = None
    lot: str | None = None
    note: str | None = None


def on_hand(session: Session, actor: Actor, part_id: str, location: str) -> int:
    """How much of a part is at a location, in thousandths."""
    values = {"organisation": actor.organisation_id, "part": part_id, "place": location}
    return session.connection().execute(_ON_HAND, values).scalar() or 0


def take(session: Session, actor: Actor, movement: Movement, source: str, target: str) -> bool:
    """Move it if the source holds that much, decided by one conditional UPDATE; False when it does not."""
    values = {
        "organisation": actor.organisation_id,
        "part": movement.part_id,
        "place": source,
        "take": movement.milli,
    }
    if session.connection().execute(_TAKE, values).rowcount != 1:
        return False
    _add(session, actor, movement.part_id, target, movement.milli)
    _write(session, actor, movement, source, target)
    return True


def book(session: Session, actor: Actor, movement: Movement, source: str, target: str) -> None:
    """Move it whatever the source holds: for the outside world, which may owe."""
    _add(session, actor, movement.part_id, source, -movement.milli)
    _add(session, actor, movement.part_id, target, movement.milli)
    _write(session, actor, movement, source, target)


def _add(session: Session, actor: Actor, part_id: str, location: str, milli: int) -> None:
    add, place = _statements(session.get_bind().dialect.name)
    owner = {"organisation_id": actor.organisation_id}
    session.connection().execute(
        place, owner | {"key": location, "kind": kind_of(location), "owner_id": owner_of(location)}
    )
    session.connection().execute(add, owner | {"part_id": part_id, "location": location, "milli": milli})


def _write(session: Session, actor: Actor, movement: Movement, source: str, target: str) -> None:
    row = {
        "organisation_id": actor.organisation_id,
        "id": new_id(),
        "part_id": movement.part_id,
        "from_location": source,
        "to_location": target,
        "milli": movement.milli,
        "at": movement.at,
        "by": actor.person_id,
        "action": movement.action,
        "order_id": movement.order_id,
        "visit": movement.visit,
        "serial": movement.serial,
        "lot": movement.lot,
        "note": movement.note,
    }
    session.connection().execute(_ENTRY.insert(), row)


@cache
def _statements(dialect: str) -> tuple[Any, Any]:
    """Add to a balance, and make a location known; both whether or not the row is there already."""
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    adding = insert(_BALANCE)
    added = adding.on_conflict_do_update(
        index_elements=["organisation_id", "part_id", "location"],
        set_={"milli": _BALANCE.c.milli + adding.excluded.milli},
    )
    return added, insert(_LOCATION).on_conflict_do_nothing()
