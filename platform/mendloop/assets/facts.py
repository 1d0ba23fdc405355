"""Writing facts down, and carrying each over to the units at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.models import AssetFact
from mendloop.assets.projection import IN, OUT, Columns, after
from mendloop.assets.turns import take_turn
from mendloop.assets.units import MANY, UNITS, Place, Unit, units_inside
from mendloop.clock import utc_now
from mendloop.database import new_id

FACTS: Table = AssetFact.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Scene:
    """When it happened, who did it, and for which order. `key` is the asker's own: the same key twice is one act."""

    at: dt.datetime
    by: str
    order_id: str | None = None
    visit: str | None = None
    note: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """So much of a part; what has a serial number is one."""

    part: str
    milli: int = 1000
    serial: str | None = None
    lot: str | None = None


class Booking:
    """One act under way: it has the turn, numbers its facts, and keeps the units up to date behind each."""

    def __init__(self, session: Session, actor: Actor, scene: Scene) -> None:
        self.session, self.actor, self.scene = session, actor, scene
        self._before = take_turn(session, actor)
        self._made, self._act_id, self._booked = 0, new_id(), utc_now()

    def put_in(self, unit_id: str, thing: Thing, place: Place, reason: str) -> str:
        """It is in that place now. Answers the fact's id."""
        return self._book(self._fact(IN, reason, unit_id, thing, place, kept=True))

    def take_out(self, unit: Unit, thing: Thing, reason: str, *, kept: bool) -> str:
        """So much of it has left its place."""
        return self._book(self._fact(OUT, reason, unit.id, thing, unit.place, kept=kept))

    def miss(self, thing: Thing, place: Place, reason: str) -> str:
        """Something left a place that it was not known to be in. It goes on being known when it has a number."""
        return self._book(self._fact(OUT, reason, new_id(), thing, place, kept=thing.serial is not None))

    def put_in_all(self, placed: Sequence[tuple[str, Thing, Place]], reason: str) -> None:
        """Many new units at once."""
        rows = [self._fact(IN, reason, unit_id, thing, place, kept=True) for unit_id, thing, place in placed]
        units = [after(None, AssetFact(**row)) for row in rows]
        for start in range(0, len(rows), MANY):
            self.session.connection().execute(FACTS.insert(), rows[start : start + MANY])
            self.session.connection().execute(UNITS.insert(), [unit for unit in units[start : start + MANY] if unit])

    def close(self) -> None:
        """Give the turn back, with the number of the last fact."""
        take_turn(self.session, self.actor, self._made)

    def _fact(
        self, way: str, reason: str, unit_id: str, thing: Thing, place: Place | None, *, kept: bool
    ) -> dict[str, Any]:
        self._made += 1
        where = place or Place(None, None, "")
        return {
            "organisation_id": self.actor.organisation_id,
            "id": new_id(),
            "sequence": self._before + self._made,
            "act_id": self._act_id,
            "key": self.scene.key if self._made == 1 else None,
            "way": way,
            "reason": reason,
            "at": self.scene.at,
            "booked_at": self._booked,
            "by": self.scene.by,
            "order_id": self.scene.order_id,
            "visit": self.scene.visit,
            "note": self.scene.note,
            "unit_id": unit_id,
            "part_number": thing.part,
            "serial": thing.serial,
            "lot": thing.lot,
            "milli": thing.milli,
            "kept": kept,
            "asset_id": where.asset_id,
            "parent_id": where.parent_id,
            "slot": where.slot or None,
        }

    def _book(self, row: dict[str, Any]) -> str:
        self.session.connection().execute(FACTS.insert(), row)
        self._carry_over(AssetFact(**row))
        return str(row["id"])

    def _carry_over(self, fact: AssetFact) -> None:
        connection = self.session.connection()
        mine = (UNITS.c.organisation_id == self.actor.organisation_id, UNITS.c.id == fact.unit_id)
        row = connection.execute(select(UNITS).where(*mine)).one_or_none()
        before: Columns | None = dict(row._mapping) if row is not None else None  # noqa: SLF001 - its name
        unit = after(before, fact)
        if unit is None:
            connection.execute(delete(UNITS).where(*mine))
        elif before is None:
            connection.execute(UNITS.insert(), unit)
        else:
            connection.execute(update(UNITS).where(*mine).values(**unit))
            if unit["asset_id"] != before["asset_id"]:
                self._bring_along(fact.unit_id, unit["asset_id"])

    def _bring_along(self, unit_id: str, asset_id: str | None) -> None:
        """What is inside is in the same asset, or in none."""
        inside = [unit.id for unit in units_inside(self.session, self.actor, unit_id)]
        for start in range(0, len(inside), MANY):
            some = (UNITS.c.organisation_id == self.actor.organisation_id, UNITS.c.id.in_(inside[start : start + MANY]))
            self.session.connection().execute(update(UNITS).where(*some).values(asset_id=asset_id))
