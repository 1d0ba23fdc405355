"""Another system, an ERP say, that is right about stock or about costs; and that is told of every movement here.

`docs/decisions/stock_connectors.md` says how to write a connector.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, runtime_checkable

from mendloop_engine.canonical import canonical_text
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.costing.feed import CostChange, changes_after
from mendloop.database import run_write
from mendloop.inventory import parts, rows, services
from mendloop.inventory.amounts import MOST_MILLI
from mendloop.inventory.balances import StockLine
from mendloop.inventory.counted import whole_faults
from mendloop.inventory.feed import FeedEvent, events_after
from mendloop.inventory.layers import leaving, share
from mendloop.inventory.ledger import WHOLE, Act, Line, NotThere, post
from mendloop.inventory.locations import ADJUSTMENT, OLD, QUARANTINE, RECYCLING, SCRAP, SHELVES, kind_of
from mendloop.inventory.models import Part, StockEntry, StockMovement, StockSerial
from mendloop.inventory.models_of_desk import StockConnection, StockFeedEntry
from mendloop.inventory.places import shelves
from mendloop.inventory.reserving import make_room
from mendloop.inventory.rows import PartKey

STOCK, COSTS = "stock", "costs"
TOLD_AT_ONCE = 200
MOST_VALUE = 10**15


@dataclass(frozen=True, slots=True)
class StockTold:
    """So much of a part is at a place, says the other system."""

    part: str
    place: str
    milli: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the other system says of stock after it took in our events up to the number `as_of`.

    What happened here later is not in it, and is not undone by it. Places that no line names are not its business.
    """

    as_of: int
    lines: tuple[StockTold, ...]


@dataclass(frozen=True, slots=True)
class CostTold:
    """`milli` of a part cost `value`, in minor units, says the other system."""

    part: str
    milli: int
    value: int


class CannotExchange(Exception):
    """The other system cannot be reached, or what it says cannot be read: in words for whoever operates this one."""


class Connector(Protocol):
    """One other system. `masters` is what it is right about: `stock`, `costs`, both, or nothing."""

    name: str
    masters: frozenset[str]

    def stock(self) -> Snapshot | None:
        """What it says of stock; None when it has nothing new to say. Asked only where it is master of stock."""

    def costs(self) -> Iterable[CostTold]:
        """What parts cost. Asked only where it is master of costs."""

    def tell(self, events: Sequence[FeedEvent]) -> None:
        """Take in these events, or raise: then the same are told again. An event may come twice, never too late."""


# What it cannot do it says by CannotExchange, before it has changed anything or told half of it.


@runtime_checkable
class HearsOfCosts(Protocol):
    """A connector that wants to be told what orders cost, too."""

    def tell_costs(self, changes: Sequence[CostChange]) -> None:
        """Take in these changes, or raise, as with movements. Their numbers are their own."""


Opening = Callable[[Mapping[str, str]], Connector]
"""Makes a connector of an operator's settings."""


class Connectors:
    """The kinds of connectors that are installed, by name."""

    def __init__(self) -> None:
        self._kinds: dict[str, Opening] = {}

    def register(self, name: str, opening: Opening) -> None:
        """Add a kind; ValueError when its name is taken."""
        if name in self._kinds:
            raise ValueError(f"connector {name} is registered already")
        self._kinds[name] = opening

    def open(self, name: str, settings: Mapping[str, str]) -> Connector:
        """A connector of this kind; KeyError when there is none."""
        return self._kinds[name](settings)

    def names(self) -> list[str]:
        """All kinds."""
        return sorted(self._kinds)


CONNECTORS = Connectors()
"""A plugin adds its own: `CONNECTORS.register("name", opening)`."""


@dataclass(slots=True)
class Report:
    """What one exchange did, and what it could not do: a line each, with the part it is about."""

    told: int = 0
    adjusted: int = 0
    revalued: int = 0
    left_out: list[str] = field(default_factory=list)


def exchange(session: Session, actor: Actor, connector: Connector, report: Report | None = None) -> Report:
    """Tell the other system what happened, then take over what it is master of. Run twice it changes nothing more.

    `report` says what was done so far, should it end with an exception.
    """
    report = report if report is not None else Report()
    _tell(session, actor, connector, report)
    if isinstance(connector, HearsOfCosts):
        _tell_costs(session, actor, connector.name, connector, report)
    if STOCK in connector.masters and (snapshot := connector.stock()) is not None:
        _take_stock(session, actor, connector, snapshot, report)
    if COSTS in connector.masters:
        for told in connector.costs():
            report.revalued += run_write(session, partial(_revalue, session, actor, connector, told, report))
    return report


def _tell(session: Session, actor: Actor, connector: Connector, report: Report) -> None:
    name = connector.name
    while events := events_after(session, actor, _connection(session, actor, name).told, TOLD_AT_ONCE):
        connector.tell(events)
        run_write(session, partial(_remember, session, actor, name, events[-1].number))
        report.told += len(events)


def _tell_costs(session: Session, actor: Actor, name: str, hearer: HearsOfCosts, report: Report) -> None:
    name = f"{name}:costs"
    while changes := changes_after(session, actor, _connection(session, actor, name).told, TOLD_AT_ONCE):
        hearer.tell_costs(changes)
        run_write(session, partial(_remember, session, actor, name, changes[-1].number))
        report.told += len(changes)


def _remember(session: Session, actor: Actor, name: str, told: int) -> None:
    known = _connection(session, actor, name)
    known.told, known.at = told, utc_now()
    session.add(known)
    session.flush()


def _connection(session: Session, actor: Actor, name: str) -> StockConnection:
    known = session.get(StockConnection, (actor.organisation_id, name))
    return known or StockConnection(organisation_id=actor.organisation_id, name=name, told=0, heard="")


def _take_stock(session: Session, actor: Actor, connector: Connector, snapshot: Snapshot, report: Report) -> None:
    heard = hashlib.sha256(canonical_text([snapshot.as_of, [_said(line) for line in snapshot.lines]]).encode())
    known = services.parts_by_number(session, actor, [line.part for line in snapshot.lines])
    ours = _places(session, actor)
    for told in snapshot.lines:
        part = known.get(told.part)
        if part is None or told.place not in ours or not _can_lie(part, told.milli):
            report.left_out.append(f"{told.part} {told.place}: {_why_not(part, told, ours)}")
            continue
        key = hashlib.sha256(f"{heard.hexdigest()} {part.id} {told.place}".encode()).hexdigest()[:40]
        claim = (part, told, key, snapshot.as_of)
        report.adjusted += run_write(session, partial(_adjust, session, actor, connector, claim, report))


def _places(session: Session, actor: Actor) -> set[str]:
    """Where another system may know better: what was issued, and what is on its way, is nobody's but our own."""
    kinds = (key for kind in (*SHELVES, *OLD) for key in services.places_of_kind(session, actor, kind))
    return {*kinds, *shelves(session, actor), QUARANTINE, SCRAP, RECYCLING}


def _why_not(part: Part | None, told: StockTold, ours: set[str]) -> str:
    if part is None:
        return "no such part"
    return "no place to count" if told.place not in ours else f"{told.milli} cannot lie there"


def _can_lie(part: Part, milli: int) -> bool:
    return 0 <= milli <= MOST_MILLI and not whole_faults(part, milli)


def _said(line: StockTold) -> list[str | int]:
    return [line.part, line.place, line.milli]


def _adjust(
    session: Session, actor: Actor, connector: Connector, told: tuple[Part, StockTold, str, int], report: Report
) -> int:
    part, line, key, as_of = told
    own = PartKey(actor.organisation_id, part.id)
    rows.lock_part(session, own)
    since = _moved_since(session, actor, connector, part.id, line.place, as_of)
    difference = line.milli - (rows.on_hand(session, own, line.place) - since)
    if difference == 0:
        return 0
    if part.serial_tracked:
        report.left_out.append(f"{line.part} {line.place}: {difference / WHOLE:g}, has serial numbers")
        return 0
    source, target = (ADJUSTMENT, line.place) if difference > 0 else (line.place, ADJUSTMENT)
    if difference < 0:
        make_room(session, actor, part.id, line.place, -difference, None)
    act = Act("adjusted", utc_now(), f"master:{key}", reason=_reason(connector))
    try:
        with session.begin_nested():
            return int(not post(session, actor, act, [Line(part.id, abs(difference), source, target)]).again)
    except NotThere:
        report.left_out.append(f"{line.part} {line.place}: {difference / WHOLE:g}, has left meanwhile")
        return 0


def _moved_since(session: Session, actor: Actor, connector: Connector, part_id: str, place: str, as_of: int) -> int:
    """What came to the place, less what left it, after the other system looked; what it adjusted itself apart."""
    statement = (
        select(StockEntry.to_location, StockEntry.milli)
        .join(
            StockMovement,
            (StockMovement.organisation_id == StockEntry.organisation_id)
            & (StockMovement.id == StockEntry.movement_id),
        )
        .outerjoin(
            StockFeedEntry,
            (StockFeedEntry.organisation_id == StockEntry.organisation_id)
            & (StockFeedEntry.organisation_id == actor.organisation_id)
            & (StockFeedEntry.movement_id == StockEntry.movement_id),
        )
        .where(
            StockEntry.organisation_id == actor.organisation_id,
            StockEntry.part_id == part_id,
            (StockEntry.from_location == place) | (StockEntry.to_location == place),
            (StockFeedEntry.number.is_(None)) | (StockFeedEntry.number > as_of),
            (StockMovement.reason.is_(None)) | (StockMovement.reason != _reason(connector)),
        )
    )
    return sum(milli if target == place else -milli for target, milli in session.execute(statement))


def _reason(connector: Connector) -> str:
    return f"master:{connector.name}"


def _revalue(session: Session, actor: Actor, connector: Connector, told: CostTold, report: Report) -> int:
    """What lies on our shelves is worth what the other system says: it leaves the books and comes back for that."""
    part = parts.part_by_number(session, actor, told.part)
    if part is None or not 0 < told.milli <= MOST_MILLI or not 0 <= told.value <= MOST_VALUE:
        report.left_out.append(f"{told.part}: {'no such part' if part is None else 'no such cost'}")
        return 0
    rows.lock_part(session, PartKey(actor.organisation_id, part.id))
    lines: list[Line] = []
    for line in parts.lines_of(session, actor, [part.id]).get(part.id, []):
        wanted = share(told.value, line.milli, told.milli)
        if kind_of(line.location) not in SHELVES or wanted == line.value:
            continue
        pair = list(_out_and_in(session, actor, line, wanted))
        lines += pair
        if not pair:
            report.left_out.append(f"{told.part} {line.location}: all of it is held for orders")
    if lines:
        post(session, actor, Act("revalued", utc_now(), reason=_reason(connector)), lines)
    return int(bool(lines))


def _out_and_in(session: Session, actor: Actor, line: StockLine, wanted: int) -> Iterator[Line]:
    """All that is free at a place; or one with a serial number, where it has some."""
    own = PartKey(actor.organisation_id, line.part.id)
    free = rows.available(session, own, line.location)
    named = WHOLE * rows.count_serials(session, own, line.location)
    serial = _any_serial(session, actor, line) if named else None
    milli = WHOLE if serial is not None else free
    if free < milli or milli <= 0:
        return
    taken = sum(piece.value for piece in leaving(rows.layers_at(session, own, line.location), milli))
    value = max(0, wanted - (line.value - taken))
    yield Line(line.part.id, milli, line.location, ADJUSTMENT, serial=serial)
    yield Line(line.part.id, milli, ADJUSTMENT, line.location, value=value, serial=serial)


def _any_serial(session: Session, actor: Actor, line: StockLine) -> str | None:
    statement = select(StockSerial.serial).where(
        StockSerial.organisation_id == actor.organisation_id,
        StockSerial.part_id == line.part.id,
        StockSerial.location == line.location,
    )
    return session.execute(statement.order_by(StockSerial.serial).limit(1)).scalar()
