"""What was where from when to when: of a position with all that ever stood in it, and of a thing with all its places.

A thing inside an assembly comes and goes with it: its stay in a place begins when the two came together there, and
ends when either left. Order is that of booking; instants are those at which it happened.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.models import AssetFact
from mendloop.assets.projection import IN
from mendloop.assets.units import MANY

ENDLESS = 2**62


@dataclass(frozen=True, slots=True)
class Stay:
    """A unit in a place, from a fact on until another, if it is not there still. `address` is the way from `asset_id`,
    or from a loose thing. `came_with` and `left_with` are the assemblies that brought it and took it along.
    """

    unit_id: str
    asset_id: str | None
    address: str
    first: AssetFact
    last: AssetFact | None
    came_with: AssetFact | None = None
    left_with: AssetFact | None = None

    @property
    def begin(self) -> int:
        """The number of the fact with which it began."""
        return (self.came_with or self.first).sequence

    @property
    def end(self) -> int:
        """The number of the fact with which it ended; endless while it lasts."""
        fact = self.left_with or self.last
        return fact.sequence if fact is not None else ENDLESS


def history_of_position(session: Session, actor: Actor, asset_id: str, address: str) -> list[Stay]:
    """All that ever was at this address of the asset, first come first."""
    reading = _Reading(session, actor)
    found = reading.stays_at((AssetFact.asset_id == asset_id, AssetFact.parent_id.is_(None)), address)
    return sorted((replace(stay, asset_id=asset_id, address=address) for stay in found), key=lambda stay: stay.begin)


def journey_of_unit(session: Session, actor: Actor, unit_id: str) -> list[Stay]:
    """All places in which the unit ever was, in assets and inside other things that lay loose, first one first."""
    return sorted(_Reading(session, actor).journey(unit_id), key=lambda stay: stay.begin)


class _Reading:
    def __init__(self, session: Session, actor: Actor) -> None:
        self._session, self._actor = session, actor

    def stays_at(self, holder: Sequence[ColumnElement[bool]], address: str) -> Iterator[Stay]:
        """Of every unit that was in the holder's place, and inside units that were on the way to it."""
        keys = address.split("/")
        for count in range(1, len(keys) + 1):
            slot, rest = "/".join(keys[:count]), "/".join(keys[count:])
            for stay in self._stays_in(holder, slot):
                yield from self._clipped(self._inside(stay.unit_id, rest), stay) if rest else [stay]

    def journey(self, unit_id: str) -> Iterator[Stay]:
        """Its own stays; where it was inside something, that thing's stays as long as both last."""
        for stay in _paired(self._facts_of([unit_id])):
            if stay.first.parent_id is None:
                yield stay
                continue
            covered = list(self._clipped_around(stay, self.journey(stay.first.parent_id)))
            yield from covered
            yield from _loose_between(stay, covered)

    def _inside(self, unit_id: str, address: str) -> Iterator[Stay]:
        yield from self.stays_at((AssetFact.parent_id == unit_id,), address)

    def _stays_in(self, holder: Sequence[ColumnElement[bool]], slot: str) -> Iterator[Stay]:
        came = select(AssetFact.unit_id).where(
            AssetFact.organisation_id == self._actor.organisation_id,
            AssetFact.way == IN,
            AssetFact.slot == slot,
            *holder,
        )
        units = sorted(set(self._session.execute(came).scalars()))
        place = set(self._session.execute(came.with_only_columns(AssetFact.id)).scalars())
        yield from (stay for stay in _paired(self._facts_of(units)) if stay.first.id in place)

    def _facts_of(self, units: Sequence[str]) -> Iterator[AssetFact]:
        for start in range(0, len(units), MANY):
            statement = select(AssetFact).where(
                AssetFact.organisation_id == self._actor.organisation_id,
                AssetFact.unit_id.in_(units[start : start + MANY]),
            )
            yield from self._session.execute(statement.order_by(AssetFact.sequence)).scalars()

    def _clipped(self, inner: Iterable[Stay], outer: Stay) -> Iterator[Stay]:
        """The parts of the inner stays during which the outer one lasted."""
        for stay in inner:
            if stay.begin < outer.end and stay.end > outer.begin:
                yield _cut(stay, outer)

    def _clipped_around(self, inner: Stay, outer: Iterable[Stay]) -> Iterator[Stay]:
        for stay in outer:
            if inner.begin < stay.end and inner.end > stay.begin:
                cut = _cut(inner, stay)
                yield replace(cut, asset_id=stay.asset_id, address=f"{stay.address}/{inner.address}")


def _cut(inner: Stay, outer: Stay) -> Stay:
    if outer.begin > inner.begin:
        inner = replace(inner, came_with=outer.came_with or outer.first)
    if outer.end < inner.end:
        inner = replace(inner, left_with=outer.left_with or outer.last)
    return inner


def _loose_between(stay: Stay, covered: Sequence[Stay]) -> Iterator[Stay]:
    """While its holder lay loose, it was inside that and nowhere else."""
    here = stay.begin
    for each in sorted(covered, key=lambda each: each.begin):
        if each.begin > here:
            yield replace(_loose(stay, here, covered), left_with=each.came_with or each.first)
        here = each.end
    if here < stay.end:
        yield _loose(stay, here, covered)


def _loose(stay: Stay, here: int, covered: Sequence[Stay]) -> Stay:
    return replace(stay, asset_id=None, came_with=None if here == stay.begin else _before(here, covered))


def _before(here: int, covered: Sequence[Stay]) -> AssetFact | None:
    return next((fact for each in covered if (fact := each.left_with or each.last) and fact.sequence == here), None)


def _paired(facts: Iterable[AssetFact]) -> Iterator[Stay]:
    """From each coming of a unit to the fact by which all of it had left."""
    open_: dict[str, tuple[AssetFact, int]] = {}
    for fact in facts:
        if fact.way == IN:
            open_[fact.unit_id] = (fact, fact.milli)
            continue
        first, milli = open_.get(fact.unit_id, (None, 0))
        if first is not None and milli > fact.milli:
            open_[fact.unit_id] = (first, milli - fact.milli)
        elif first is not None:
            del open_[fact.unit_id]
            yield _stay(first, fact)
    for first, _ in open_.values():
        yield _stay(first, None)


def _stay(first: AssetFact, last: AssetFact | None) -> Stay:
    return Stay(first.unit_id, first.asset_id if first.parent_id is None else None, first.slot or "", first, last)
