"""Building in and taking out. What the field says happened: what was known otherwise gives way, and is told.

Nothing here refuses for what is known of an asset; it answers where facts and knowledge disagree.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.conflicts import ELSEWHERE, NOT_THERE, OCCUPIED, UNKNOWN, Conflict, raise_conflict
from mendloop.assets.expected import Expected
from mendloop.assets.facts import Booking, Scene, Thing
from mendloop.assets.positions import WHOLE
from mendloop.assets.structure import MOST_NODES, Node
from mendloop.assets.units import UNITS as _UNITS
from mendloop.assets.units import Place, Unit, address_of, find_units, has_inside, place_of, unit_by_serial, units_at
from mendloop.database import new_id
from mendloop.problems import Problem, Refusal

BUILT, INSTALLED, REMOVED = "built", "installed", "removed"
DISPLACED, MOVED = "displaced", "moved"


@dataclass(frozen=True, slots=True)
class Target:
    """Where: an address in an asset, or in a unit that may lie loose."""

    address: str
    asset_id: str | None = None
    unit_id: str | None = None


@dataclass(slots=True)
class Building:
    """One act on what is built in. `conflicts` are raised when it is closed."""

    booking: Booking
    expected: Expected
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def session(self) -> Session:
        """The session of the write transaction."""
        return self.booking.session

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.booking.actor

    def install(self, target: Target, thing: Thing) -> None:
        """The thing is there now, with everything inside it. What it takes the place of is out."""
        thing = _named_once(thing)
        unit = self._known(thing)
        found = self._lift(unit) if unit is not None else None
        place = self._place(target)
        node = self.expected.node_at(place)
        pushed = self._make_room(place, node, thing)
        unit_id = unit.id if unit is not None else new_id()
        fact_id = self.booking.put_in(unit_id, thing, place, INSTALLED)
        if unit is None:
            self._furnish_new(unit_id, thing, place)
        told = Conflict(fact_id, thing.part, thing.serial, target.asset_id, target.address)
        if found is not None:
            self.conflicts.append(replace(told, kind=ELSEWHERE, found_asset_id=found[0], found_address=found[1]))
        self.conflicts += [replace(told, kind=OCCUPIED, serial=each.serial, part=each.part) for each in pushed]
        if node is None and self._has_positions(target):
            self.conflicts.append(replace(told, kind=UNKNOWN))

    def remove(self, target: Target, thing: Thing) -> None:
        """The thing is out, with everything inside it."""
        thing = _named_once(thing)
        place = self._place(target)
        if thing.serial is not None:
            self._remove_named(target, place, thing)
            return
        left = self._take(thing, units_at(self.session, self.actor, place), REMOVED)
        if left:
            fact_id = self.booking.miss(replace(thing, milli=left), place, REMOVED)
            told = Conflict(fact_id, thing.part, None, target.asset_id, target.address)
            self.conflicts.append(replace(told, kind=NOT_THERE))

    def build(self, asset_id: str, nodes: Sequence[Node]) -> None:
        """Everything that the BOM provides is there from the beginning."""
        self._furnish(Place(asset_id, None, ""), nodes)

    def close(self) -> list[Conflict]:
        """Raise what facts and knowledge disagree about, and give the turn back."""
        for conflict in self.conflicts:
            raise_conflict(self.session, self.actor, self.booking.scene, conflict)
        self.booking.close()
        return self.conflicts

    def _place(self, target: Target) -> Place:
        asset_id = target.asset_id
        if target.unit_id is not None:
            held = find_units(self.session, self.actor, _UNITS.c.id == target.unit_id)
            asset_id = held[0].asset_id if held else asset_id
        return place_of(self.session, self.actor, asset_id, target.address, target.unit_id)

    def _known(self, thing: Thing) -> Unit | None:
        return unit_by_serial(self.session, self.actor, thing.part, thing.serial) if thing.serial else None

    def _lift(self, unit: Unit) -> tuple[str | None, str | None] | None:
        """Out of wherever it was known to be; where that was, when it was anywhere."""
        if unit.place is None:
            return None
        found = (unit.asset_id, address_of(self.session, self.actor, unit.place))
        self.booking.take_out(unit, _thing_of(unit), MOVED, kept=True)
        return found

    def _make_room(self, place: Place, node: Node | None, thing: Thing) -> list[Unit]:
        """What there is no room for any more is out; answers those of which somebody should say where they went."""
        if node is None or node.position.part is None:
            return []
        there = units_at(self.session, self.actor, place)
        over = sum(unit.milli for unit in there) + thing.milli - node.position.milli
        told = []
        for unit in there:
            if over <= 0:
                break
            out = min(over, unit.milli) if unit.serial is None else unit.milli
            kept = self._is_kept(unit)
            self.booking.take_out(unit, replace(_thing_of(unit), milli=out), DISPLACED, kept=kept)
            over -= out
            told += [unit] if kept else []
        return told

    def _is_kept(self, unit: Unit) -> bool:
        return unit.serial is not None or has_inside(self.session, self.actor, unit.id)

    def _take(self, thing: Thing, there: Iterable[Unit], reason: str) -> int:
        """So much of the part out of these, unnamed ones first; answers how much was not there."""
        left = thing.milli
        for unit in sorted((each for each in there if each.part == thing.part), key=lambda each: bool(each.serial)):
            if left <= 0:
                break
            out = min(left, unit.milli) if unit.serial is None else unit.milli
            taken = replace(thing, milli=out, serial=unit.serial, lot=thing.lot or unit.lot)
            self.booking.take_out(unit, taken, reason, kept=self._is_kept(unit))
            left -= out
        return max(0, left)

    def _remove_named(self, target: Target, place: Place, thing: Thing) -> None:
        told = Conflict("", thing.part, thing.serial, target.asset_id, target.address)
        unit = self._known(thing)
        if unit is not None and unit.place is not None:
            found = (unit.asset_id, address_of(self.session, self.actor, unit.place))
            fact_id = self.booking.take_out(unit, thing, REMOVED, kept=True)
            if unit.place != place:
                told = replace(told, fact_id=fact_id, found_asset_id=found[0], found_address=found[1])
                self.conflicts.append(replace(told, kind=ELSEWHERE))
            return
        unnamed = [each for each in units_at(self.session, self.actor, place) if _may_be(each, thing)]
        if unit is None and unnamed:
            self.booking.take_out(unnamed[0], thing, REMOVED, kept=True)
            return
        missed = self.booking.take_out(unit, thing, REMOVED, kept=True) if unit else None
        missed = missed or self.booking.miss(thing, place, REMOVED)
        self.conflicts.append(replace(told, fact_id=missed, kind=NOT_THERE))

    def _has_positions(self, target: Target) -> bool:
        return target.asset_id is None or bool(self.expected.places_in(target.asset_id))

    def _furnish_new(self, unit_id: str, thing: Thing, place: Place) -> None:
        """A thing that nobody has seen before holds what its BOM says."""
        unit = find_units(self.session, self.actor, _UNITS.c.id == unit_id)[0]
        nodes = self.expected.nodes_inside(unit)
        if nodes and thing.milli == WHOLE:
            with suppress(Refusal):  # it is there, however much there may be inside
                self._furnish(Place(place.asset_id, unit_id, ""), nodes)

    def _furnish(self, holder: Place, nodes: Sequence[Node]) -> None:
        placed: list[tuple[str, Thing, Place]] = []
        _place_all(holder, nodes, 0, placed)
        self.booking.put_in_all(placed, BUILT)


def begin(session: Session, actor: Actor, scene: Scene, expected: Expected | None = None) -> Building:
    """An act of somebody, in the caller's write transaction. What BOMs provide may be known from an act before."""
    return Building(Booking(session, actor, scene), expected or Expected(session, actor))


def _place_all(holder: Place, nodes: Sequence[Node], skipped: int, placed: list[tuple[str, Thing, Place]]) -> None:
    for node in nodes:
        if node.position.part is None:
            _place_all(holder, node.children, skipped, placed)
            continue
        place = replace(holder, slot=node.address[skipped:])
        for milli in _portions(node):
            if len(placed) >= MOST_NODES:
                raise Refusal(Problem("bom.too_large", params={"limit": MOST_NODES}))
            unit_id = new_id()
            placed.append((unit_id, Thing(node.position.part, milli), place))
            _place_all(Place(holder.asset_id, unit_id, ""), node.children, len(node.address) + 1, placed)


def _portions(node: Node) -> list[int]:
    """What has a serial number, or something inside, is one of each; the rest is together."""
    milli = node.position.milli
    if (node.position.serial or node.children) and milli % WHOLE == 0 and milli // WHOLE <= MOST_NODES:
        return [WHOLE] * (milli // WHOLE)
    return [milli]


def _named_once(thing: Thing) -> Thing:
    """A number that several things share is a lot."""
    if thing.serial is None or thing.milli == WHOLE:
        return thing
    return replace(thing, serial=None, lot=thing.lot or thing.serial)


def _thing_of(unit: Unit) -> Thing:
    return Thing(unit.part, unit.milli, unit.serial, unit.lot)


def _may_be(unit: Unit, thing: Thing) -> bool:
    return unit.part == thing.part and unit.serial is None and unit.milli == WHOLE
