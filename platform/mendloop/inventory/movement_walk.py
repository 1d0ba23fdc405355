"""Walking back along the ledger, by whatever index leads there, a bounded number of entries at a time.

No statement here joins tables: which index is used must not depend on what a database guesses. One condition leads (a
part, a place, an order, a person, an action, or none); all others are looked at on the way.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, func, or_, select, true, tuple_
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.models import PartStock, StockEntry, StockMovement

Key: TypeAlias = tuple[str, str, int]
"""Movement, part and number of an entry: newer ones are greater. Where one part is looked for its number says all, and
the movement is left empty."""
LEAP = 1_000
"""So many entries of a part at most are numbered in another order than their movements: those of one moment."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty matters not. `since` and `until` are when it was booked."""

    part_id: str = ""
    place: str = ""
    order_id: str = ""
    person_id: str = ""
    action: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    @property
    def from_id(self) -> str:
        return _first_id(self.since) if self.since is not None else ""

    @property
    def to_id(self) -> str:
        return _first_id(self.until) if self.until is not None else "~"


@dataclass(frozen=True, slots=True)
class Step:
    """The keys of what is wanted among the next entries, and the last one looked at; None: there are no more."""

    keys: list[Key]
    edge: Key | None


Walk: TypeAlias = Callable[[Key | None, int], Step]
"""The next step below a key, past so many entries or movements."""


def walks(session: Session, actor: Actor, wanted: Wanted) -> list[Walk]:
    """The ways that lead to everything that is wanted; of a place two, what left and what came."""
    if wanted.part_id:
        return [_OfPart(session, actor, wanted)]
    if wanted.order_id:
        return [_Along(session, actor, wanted, StockEntry.order_id == wanted.order_id)]
    if wanted.place:
        ends = (StockEntry.from_location, StockEntry.to_location)
        return [_Along(session, actor, wanted, end == wanted.place) for end in ends]
    if wanted.person_id or wanted.action:
        return [_OfMovements(session, actor, wanted)]
    return [_Along(session, actor, wanted, None)]


@dataclass(frozen=True, slots=True)
class _Along:
    """Entries in the order of their movements, along the index of one condition."""

    session: Session
    actor: Actor
    wanted: Wanted
    lead: ColumnElement[bool] | None

    def __call__(self, edge: Key | None, many: int) -> Step:
        key = (StockEntry.movement_id, StockEntry.part_id, StockEntry.sequence)
        statement = (
            select(*key, _is_wanted(self.actor, self.wanted))
            .where(StockEntry.organisation_id == self.actor.organisation_id, *_period(self.wanted))
            .order_by(*(each.desc() for each in key))
            .limit(many)
        )
        if self.lead is not None:
            statement = statement.where(self.lead)
        if edge is not None:
            statement = statement.where(StockEntry.movement_id <= edge[0], tuple_(*key) < edge)
        found = [((row[0], row[1], row[2]), bool(row[3])) for row in self.session.execute(statement)]
        return _step(found, many)


@dataclass(frozen=True, slots=True)
class _OfMovements:
    """Entries of movements, along the index of who did it, or of what was done."""

    session: Session
    actor: Actor
    wanted: Wanted

    def __call__(self, edge: Key | None, many: int) -> Step:
        heads = self._heads(edge, many)
        chosen = [identity for identity, is_wanted in heads if is_wanted]
        keys = sorted((key for key in self._keys(chosen) if edge is None or key < edge), reverse=True)
        return Step(keys, (heads[-1][0], "", 0) if len(heads) == many else None)

    def _heads(self, edge: Key | None, many: int) -> list[tuple[str, bool]]:
        head, wanted = StockMovement, self.wanted
        lead = head.by == wanted.person_id if wanted.person_id else head.action == wanted.action
        other = head.action == wanted.action if wanted.person_id and wanted.action else true()
        statement = select(head.id, other).where(head.organisation_id == self.actor.organisation_id, lead)
        statement = statement.where(head.id >= wanted.from_id, head.id < wanted.to_id)
        if edge is not None:
            statement = statement.where(head.id <= edge[0] if edge[1] else head.id < edge[0])
        found = self.session.execute(statement.order_by(head.id.desc()).limit(many))
        return [(row[0], bool(row[1])) for row in found]

    def _keys(self, movement_ids: Sequence[str]) -> Iterator[Key]:
        statement = select(StockEntry.movement_id, StockEntry.part_id, StockEntry.sequence).where(
            StockEntry.organisation_id == self.actor.organisation_id, StockEntry.movement_id.in_(movement_ids)
        )
        for row in self.session.execute(statement) if movement_ids else ():
            yield (row[0], row[1], row[2])


@dataclass(frozen=True, slots=True)
class _OfPart:
    """Entries of one part by their numbers, which have no gaps: where a period begins and ends is found by halving."""

    session: Session
    actor: Actor
    wanted: Wanted

    def __call__(self, edge: Key | None, many: int) -> Step:
        below = edge[2] if edge is not None else self._number_at(self.wanted.to_id) + LEAP
        above = self._number_at(self.wanted.from_id) - LEAP
        statement = (
            select(StockEntry.sequence, _is_wanted(self.actor, self.wanted), StockEntry.movement_id)
            .where(*self._mine(), StockEntry.sequence < below, StockEntry.sequence >= above)
            .order_by(StockEntry.sequence.desc())
            .limit(many)
        )
        span = (self.wanted.from_id, self.wanted.to_id)
        rows = self.session.execute(statement)
        found = [(("", self.wanted.part_id, row[0]), bool(row[1]) and span[0] <= row[2] < span[1]) for row in rows]
        return _step(found, many)

    def _number_at(self, movement_id: str) -> int:
        """About the number of the first entry from this movement on."""
        statement = select(PartStock.last_sequence).where(
            PartStock.organisation_id == self.actor.organisation_id, PartStock.part_id == self.wanted.part_id
        )
        low, high = 1, (self.session.execute(statement).scalar() or 0) + 1
        if movement_id in ("", "~"):
            return high if movement_id else low
        while low < high:
            middle = (low + high) // 2
            there = select(StockEntry.movement_id).where(*self._mine(), StockEntry.sequence == middle)
            if (self.session.execute(there).scalar() or "") < movement_id:
                low = middle + 1
            else:
                high = middle
        return low

    def _mine(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return StockEntry.organisation_id == self.actor.organisation_id, StockEntry.part_id == self.wanted.part_id


def _step(found: Sequence[tuple[Key, bool]], many: int) -> Step:
    return Step([key for key, is_wanted in found if is_wanted], found[-1][0] if len(found) == many else None)


def _is_wanted(actor: Actor, wanted: Wanted) -> ColumnElement[bool]:
    """Of an entry that was led to, whether all else is right as well."""
    said: list[ColumnElement[bool]] = [StockEntry.organisation_id == actor.organisation_id]
    if wanted.part_id and wanted.order_id:
        said.append(func.coalesce(StockEntry.order_id, "") == wanted.order_id)
    if wanted.place:
        said.append(or_(StockEntry.from_location == wanted.place, StockEntry.to_location == wanted.place))
    head = [
        *([StockMovement.by == wanted.person_id] if wanted.person_id else []),
        *([StockMovement.action == wanted.action] if wanted.action else []),
    ]
    if head:
        its_own = and_(
            StockMovement.organisation_id == actor.organisation_id, StockMovement.id == StockEntry.movement_id, *head
        )
        said.append(select(StockMovement.id).where(its_own).correlate(StockEntry).exists())
    return and_(*said)


def _period(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.since is not None:
        yield StockEntry.movement_id >= wanted.from_id
    if wanted.until is not None:
        yield StockEntry.movement_id < wanted.to_id


def _first_id(moment: dt.datetime) -> str:
    """The lowest id that could be made then: ids begin with the millisecond."""
    milliseconds = int(moment.timestamp() * 1000)
    text = f"{min(max(milliseconds, 0), 2**48 - 1):012x}"
    return f"{text[:8]}-{text[8:]}"
