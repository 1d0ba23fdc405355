"""What the field says it did with parts. It happened: stock follows, and what it would deny is written down as well."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import rows
from mendloop.inventory.ledger import LONGEST, WHOLE, Act, Line, post
from mendloop.inventory.locations import (
    CUSTOMER,
    DISCREPANCY,
    ORDER,
    RECYCLING,
    WAREHOUSE,
    is_outside,
    kind_of,
    order_location,
    owner_of,
    removed_by,
    van_of,
)
from mendloop.inventory.models import Part
from mendloop.inventory.reserving import make_room
from mendloop.inventory.rows import PartKey

_DIGEST = 16


@dataclass(frozen=True, slots=True)
class PartFact:
    """What a completed step says about one part: `action` is used, returned, removed or recycled.

    `unit` is what the quantity was told in, where the part may come in packs; None: its own.
    """

    number: str
    milli: int
    action: str
    serial: str | None = None
    lot: str | None = None
    note: str | None = None
    unit: str | None = None


def in_own_unit(fact: PartFact, part: Part) -> PartFact:
    """The fact as the part is counted: two boxes of ten are twenty."""
    return replace(fact, milli=milli_in_own_unit(part, fact.milli, fact.unit), unit=None)


def milli_in_own_unit(part: Part, milli: int, unit: str | None) -> int:
    """So much as the part is counted; a unit that it does not come in is its own."""
    pack = part.packs.get(unit or "")
    return max(1, round(milli * Decimal(str(pack)))) if pack else milli


def kept_fact(fact: PartFact) -> PartFact:
    """The fact as stock can keep it. What was scanned may be longer; two that differ stay two."""
    serial, lot = (_kept(text, LONGEST["serial"]) for text in (fact.serial, fact.lot))
    return replace(fact, serial=serial, lot=lot, note=_kept(fact.note, LONGEST["note"]))


def _kept(text: str | None, longest: int) -> str | None:
    if text is None or len(text) <= longest:
        return text or None
    return text[: longest - _DIGEST] + sha256(text.encode()).hexdigest()[:_DIGEST]


@dataclass(frozen=True, slots=True)
class Denied:
    """What stock knew otherwise. `found` is where it had the part with this serial number.

    Or what it took as it was told, and somebody should look at: `why` is one of `stock_reason.*`.
    """

    milli: int
    found: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when it happened, and who did it."""

    order_id: str
    visit: str | None
    at: dt.datetime
    by: str


@dataclass(slots=True)
class _Way:
    """The lines by which a part gets where the field says it is, and what of them stock denies."""

    lines: list[Line] = field(default_factory=list)
    denied: Denied | None = None


def places_of(scene: Scene, actions: Iterable[str]) -> set[str]:
    """Every place that such facts may be the first to use."""
    places = {order_location(scene.order_id), van_of(scene.by), CUSTOMER, DISCREPANCY}
    more = {"removed": removed_by(scene.by), "recycled": RECYCLING}
    return places | {more[action] for action in actions if action in more}


def book_fact(session: Session, actor: Actor, scene: Scene, part: Part, fact: PartFact) -> Denied | None:
    """Book one fact; answers what stock denied of it."""
    key = PartKey(actor.organisation_id, part.id)
    rows.lock_part(session, key)
    way = _WAYS[fact.action](_Telling(session, actor, scene, key, fact))
    act = Act(fact.action, scene.at, "", scene.order_id, scene.visit, None, fact.note)
    post(session, actor, act, way.lines)
    return way.denied


@dataclass(frozen=True, slots=True)
class _Telling:
    session: Session
    actor: Actor
    scene: Scene
    part: PartKey
    fact: PartFact

    @property
    def at_order(self) -> str:
        return order_location(self.scene.order_id)

    def line(self, source: str, target: str, milli: int | None = None) -> Line:
        fact = self.fact
        wanted = fact.milli if milli is None else milli
        named = fact.serial if wanted == WHOLE == fact.milli else None
        return Line(self.part.part_id, wanted, source, target, None, named, fact.lot)

    def whereabouts(self) -> str | None:
        """Where stock has the part with the serial number that is told; None when nobody has told of it before."""
        if self.fact.serial is None or self.fact.milli != WHOLE:
            return None
        row = rows.serial(self.session, self.part, self.fact.serial)
        return row.location if row is not None else None

    def unnamed(self, place: str) -> int:
        """How much lies there that nothing tells apart."""
        named = WHOLE * rows.count_serials(self.session, self.part, place)
        return max(0, rows.on_hand(self.session, self.part, place) - named)


def _used(telling: _Telling) -> _Way:
    """Issued first, as far as it was not, then built in."""
    found = telling.whereabouts()
    if found is not None:
        way = _fetch(telling, found)
    else:
        way = _gather(telling, telling.fact.milli - min(telling.unnamed(telling.at_order), telling.fact.milli))
    way.lines.append(telling.line(telling.at_order, CUSTOMER))
    return way


def _returned(telling: _Telling) -> _Way:
    """From the order back to the van of whoever says so."""
    target, found = van_of(telling.scene.by), telling.whereabouts()
    if found is not None:
        way = _fetch(telling, found)
        return replace_lines(way, [*way.lines, telling.line(telling.at_order, target)])
    there = min(telling.unnamed(telling.at_order), telling.fact.milli)
    missing = telling.fact.milli - there
    lines = [telling.line(telling.at_order, target, there)] if there else []
    if not missing:
        return _Way(lines)
    return _Way([*lines, telling.line(DISCREPANCY, target, missing)], Denied(missing))


def _taken_out(target: str, telling: _Telling) -> _Way:
    """Out of what the customer has. A serial number that stock has on a shelf was in the machine all the same."""
    found = telling.whereabouts()
    if found == telling.at_order:
        return _Way([telling.line(found, target)])  # a new one, that came out again
    if found is None or is_outside(found):
        return _Way([telling.line(CUSTOMER, target)])
    lost = telling.line(_within_reach(telling, found), DISCREPANCY)
    return _Way([lost, telling.line(CUSTOMER, target)], Denied(WHOLE, found))


def replace_lines(way: _Way, lines: list[Line]) -> _Way:
    """The same with these lines."""
    return _Way(lines, way.denied)


def _fetch(telling: _Telling, found: str) -> _Way:
    """The one part with the serial number, from where stock has it to the order."""
    if found == telling.at_order:
        return _Way()
    expected = found in {van_of(telling.scene.by), WAREHOUSE}
    denied = None if expected else Denied(WHOLE, found)
    if is_outside(found):
        return _Way([telling.line(DISCREPANCY, telling.at_order)], denied)
    return _Way([telling.line(_within_reach(telling, found), telling.at_order)], denied)


def _gather(telling: _Telling, milli: int) -> _Way:
    """So much to the order: from the van, then from the warehouse, the rest from nowhere that stock knows."""
    way = _Way()
    for place in (van_of(telling.scene.by), WAREHOUSE):
        here = min(telling.unnamed(place), milli)
        if here:
            _make_room(telling, place, here)
            way.lines.append(telling.line(place, telling.at_order, here))
            milli -= here
    if milli:
        way.lines.append(telling.line(DISCREPANCY, telling.at_order, milli))
        way.denied = Denied(milli)
    return way


def _within_reach(telling: _Telling, found: str) -> str:
    """Where the one part can be taken from. What another order had is given back first, in a movement of that order."""
    other = owner_of(found)
    if kind_of(found) != ORDER or other == telling.scene.order_id:
        _make_room(telling, found, WHOLE)
        return found
    van = van_of(telling.scene.by)
    act = Act("returned", telling.scene.at, "", other, None, None, telling.fact.note)
    post(telling.session, telling.actor, act, [telling.line(found, van)])
    _make_room(telling, van, WHOLE)
    return van


def _make_room(telling: _Telling, place: str, milli: int) -> None:
    """What others hold there gives way: it is gone already."""
    make_room(telling.session, telling.actor, telling.part.part_id, place, milli, telling.scene.order_id)


_WAYS: Mapping[str, Callable[[_Telling], _Way]] = {
    "used": _used,
    "returned": _returned,
    "removed": lambda telling: _taken_out(removed_by(telling.scene.by), telling),
    "recycled": lambda telling: _taken_out(RECYCLING, telling),
}
