"""Reading units: what is where now. Rows come as they stand in the database, never from a session's memory."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.models import AssetUnit
from mendloop.problems import Missing

UNITS: Table = AssetUnit.__table__  # type: ignore[assignment]
MANY = 500


@dataclass(frozen=True, slots=True)
class Place:
    """A slot of an asset itself, or of a unit that is in the asset or lies loose."""

    asset_id: str | None
    parent_id: str | None
    slot: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing with a serial number, or so much of a part that came in together."""

    id: str
    part: str
    serial: str | None
    lot: str | None
    milli: int
    asset_id: str | None
    parent_id: str | None
    slot: str | None
    since: dt.datetime
    order_id: str | None

    @property
    def place(self) -> Place | None:
        """Where it is; None when it is loose."""
        return Place(self.asset_id, self.parent_id, self.slot) if self.slot is not None else None


_COLUMNS = tuple(UNITS.c["part_number" if each.name == "part" else each.name] for each in fields(Unit))


def find_units(session: Session, actor: Actor, *conditions: ColumnElement[bool]) -> list[Unit]:
    """Those that meet the conditions, the longest there first."""
    statement = select(*_COLUMNS).where(UNITS.c.organisation_id == actor.organisation_id, *conditions)
    return [Unit(*row) for row in session.connection().execute(statement.order_by(UNITS.c.sequence))]


def access_unit(session: Session, actor: Actor, unit_id: str) -> Unit:
    """The unit, or `Missing`."""
    found = find_units(session, actor, UNITS.c.id == unit_id)
    if not found:
        raise Missing
    return found[0]


def unit_by_serial(session: Session, actor: Actor, part: str, serial: str) -> Unit | None:
    """The one of this part with this serial number."""
    found = find_units(session, actor, UNITS.c.part_number == part, UNITS.c.serial == serial)
    return found[0] if found else None


def units_with_serial(session: Session, actor: Actor, serial: str) -> list[Unit]:
    """Whatever has this serial number, of any part."""
    return find_units(session, actor, UNITS.c.serial == serial)


def units_at(session: Session, actor: Actor, place: Place) -> list[Unit]:
    """What is in that place, the longest there first."""
    return find_units(session, actor, *_in_holder(place.asset_id, place.parent_id), UNITS.c.slot == place.slot)


def units_in(session: Session, actor: Actor, asset_id: str) -> list[Unit]:
    """All that is in the asset, at any depth."""
    return find_units(session, actor, UNITS.c.asset_id == asset_id)


def units_inside(session: Session, actor: Actor, unit_id: str) -> list[Unit]:
    """All that is inside the unit, at any depth."""
    found: list[Unit] = []
    here: Sequence[str] = [unit_id]
    while here:
        following: list[Unit] = []
        for start in range(0, len(here), MANY):
            following += find_units(session, actor, UNITS.c.parent_id.in_(here[start : start + MANY]))
        found += following
        here = [unit.id for unit in following]
    return found


def has_inside(session: Session, actor: Actor, unit_id: str) -> bool:
    """Whether there is anything inside."""
    statement = select(func.count()).where(
        UNITS.c.organisation_id == actor.organisation_id, UNITS.c.parent_id == unit_id
    )
    return bool(session.connection().execute(statement.select_from(UNITS)).scalar_one())


def place_of(session: Session, actor: Actor, asset_id: str | None, address: str, parent_id: str | None = None) -> Place:
    """The place that an address is, as far as there are units on the way to hold it."""
    while True:
        prefixes = _beginnings(address)
        holders = find_units(session, actor, *_in_holder(asset_id, parent_id), UNITS.c.slot.in_(prefixes))
        if not holders:
            return Place(asset_id, parent_id, address)
        deepest = max(holders, key=lambda unit: len(unit.slot or ""))
        address = address[len(deepest.slot or "") + 1 :]
        parent_id = deepest.id


def address_of(session: Session, actor: Actor, place: Place | None) -> str | None:
    """The way to a place from its asset, or from the loose thing it is inside."""
    if place is None:
        return None
    slots, parent_id = [place.slot], place.parent_id
    while parent_id is not None:
        holder = access_unit(session, actor, parent_id)
        slots, parent_id = ([holder.slot, *slots] if holder.slot is not None else slots), holder.parent_id
    return "/".join(slots)


def places_now(session: Session, actor: Actor, unit_ids: Iterable[str]) -> dict[str, tuple[str | None, str | None]]:
    """Where each of these is now: its asset, and the way to it; both None when it lies loose. Forgotten ones are left
    out: small parts without a number, once they are out."""
    wanted, found = sorted(set(unit_ids)), dict[str, tuple[str | None, str | None]]()
    for start in range(0, len(wanted), MANY):
        for unit in find_units(session, actor, UNITS.c.id.in_(wanted[start : start + MANY])):
            found[unit.id] = (unit.asset_id, address_of(session, actor, unit.place))
    return found


def _beginnings(address: str) -> list[str]:
    keys = address.split("/")
    return ["/".join(keys[:count]) for count in range(1, len(keys))]


def _in_holder(asset_id: str | None, parent_id: str | None) -> Iterable[ColumnElement[bool]]:
    if parent_id is not None:
        return (UNITS.c.parent_id == parent_id,)
    return (UNITS.c.asset_id == asset_id, UNITS.c.parent_id.is_(None))
