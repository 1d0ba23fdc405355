"""Stock-taking: somebody counts what lies at a place, line by line, and the differences are booked as one movement.

What stock said at the moment a line was counted is what it is compared with. What moves later changes neither.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.inventory import parts, rows
from mendloop.inventory.amounts import MILLI
from mendloop.inventory.balances import StockLine
from mendloop.inventory.counted import whole_faults
from mendloop.inventory.desk import Slip
from mendloop.inventory.differences import Origin, raise_differences
from mendloop.inventory.ledger import Line, NotThere, post
from mendloop.inventory.locations import ADJUSTMENT, is_outside, owner_of
from mendloop.inventory.models import Part, StockSerial
from mendloop.inventory.models_of_desk import StockCount, StockCountLine
from mendloop.inventory.reserving import lock_parts, make_room
from mendloop.inventory.roles import KEEPERS
from mendloop.inventory.rows import PartKey
from mendloop.problems import Conflict, Missing, Problem, Refusal

OPEN, BOOKED, DROPPED = "open", "booked", "dropped"
REASONS = ("miscounted", "not_booked", "lost", "broken", "found", "other")
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of a count with its part."""

    part: Part
    line: StockCountLine
    elsewhere: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def difference(self) -> int:
        return self.line.counted - self.line.expected

    @property
    def is_right(self) -> bool:
        """Nothing has to be booked for it."""
        return not list(_lines_for(self, ""))


def access_count(session: Session, actor: Actor, count_id: str) -> StockCount:
    """A count of the actor's organisation, or `Missing`; who carries a van sees its counts only."""
    found = session.get(StockCount, (actor.organisation_id, count_id))
    if found is None or not may_count(actor, found.place):
        raise Missing
    return found


def may_count(actor: Actor, place: str) -> bool:
    """Who keeps stock counts everywhere, who has a van counts there."""
    return actor.has_any(frozenset(KEEPERS)) or owner_of(place) == actor.person_id


def list_counts(session: Session, actor: Actor, place: str = "") -> list[StockCount]:
    """Counts, open ones first, then the newest."""
    statement = select(StockCount).where(StockCount.organisation_id == actor.organisation_id)
    if place:
        statement = statement.where(StockCount.place == place)
    ordered = statement.order_by((StockCount.state == OPEN).desc(), StockCount.id.desc())
    return list(session.execute(ordered.limit(MOST_LISTED)).scalars())


def open_count(session: Session, actor: Actor, place: str) -> StockCount:
    """Begin to count a place, or go on where somebody has begun; in a write transaction."""
    if not may_count(actor, place):
        raise Missing
    rows.lock_place(session, actor.organisation_id, place)
    begun = next((count for count in list_counts(session, actor, place) if count.state == OPEN), None)
    if begun is not None:
        return begun
    count = StockCount(
        organisation_id=actor.organisation_id,
        id=new_id(),
        place=place,
        state=OPEN,
        opened_at=utc_now(),
        opened_by=actor.person_id,
    )
    session.add(count)
    session.flush()
    return count


def lines_of(session: Session, actor: Actor, count: StockCount) -> list[Counted]:
    """What was counted, what was counted last first."""
    statement = (
        select(Part, StockCountLine)
        .join(
            StockCountLine,
            (StockCountLine.organisation_id == Part.organisation_id) & (StockCountLine.part_id == Part.id),
        )
        .where(Part.organisation_id == actor.organisation_id, StockCountLine.count_id == count.id)
        .order_by(StockCountLine.counted_at.desc(), Part.number)
    )
    return [Counted(part, line, _whereabouts(session, actor, part, line)) for part, line in session.execute(statement)]


def uncounted(session: Session, actor: Actor, count: StockCount) -> list[StockLine]:
    """What stock says lies there and nobody has counted."""
    counted = {each.part.id for each in lines_of(session, actor, count)}
    return [line for line in parts.lines_at(session, actor, count.place) if line.part.id not in counted]


def set_counted(session: Session, actor: Actor, count_id: str, part_id: str, milli: int) -> Counted:
    """So much of a part lies there, counted now; in a write transaction. What is known by numbers is scanned."""
    count, part = lock_open(session, actor, count_id), parts.access_part(session, actor, part_id)
    if milli < 0:
        raise Refusal(Problem("stock.quantity_not_positive", at="/quantity"))
    if milli and part.serial_tracked:
        raise Refusal(Problem("stock.count_serials", params={"part": part.number}))
    if faults := whole_faults(part, milli):
        raise Refusal(faults)
    return write(session, actor, count, part, milli, [], anew=True)


def drop(session: Session, actor: Actor, count_id: str) -> None:
    """Nothing of it is booked."""
    count = lock_open(session, actor, count_id)
    count.state, count.closed_at, count.closed_by = DROPPED, utc_now(), actor.person_id


def book(session: Session, actor: Actor, count_id: str, reasons: Mapping[str, str]) -> StockCount:
    """Book every difference, each with its reason, as one movement; in a write transaction. A supervisor judges them.

    Refused while a line was counted during a movement, or so much has left since that the difference cannot be.
    """
    count = _locked(session, actor, count_id)
    if count.state == BOOKED:
        return count
    _refuse_closed(count)
    found = lines_of(session, actor, count)
    _check(found, reasons)
    lines = [line for counted in found for line in _lines_for(counted, count.place)]
    for counted in found:
        counted.line.reason = reasons.get(counted.part.id) if not counted.is_right else None
    if lines:
        count.movement_id = _post(session, actor, count, lines, found)
        raise_differences(session, actor, count.movement_id, Origin(count.place, count_id=count.id), reasons)
    count.state, count.closed_at, count.closed_by = BOOKED, utc_now(), actor.person_id
    session.flush()
    return count


def _post(session: Session, actor: Actor, count: StockCount, lines: Sequence[Line], found: Sequence[Counted]) -> str:
    rows.add_places(session, actor.organisation_id, [count.place, ADJUSTMENT])
    lock_parts(session, actor, [line.part_id for line in lines])
    for part_id in dict.fromkeys(line.part_id for line in lines if line.source == count.place):
        leaving = sum(line.milli for line in lines if line.part_id == part_id and line.source == count.place)
        make_room(session, actor, part_id, count.place, leaving, None)
    try:
        return post(session, actor, Slip(f"count:{count.id}", reason="count").act("counted"), lines).movement_id
    except NotThere as error:
        number = next(each.part.number for each in found if each.part.id == error.line.part_id)
        raise Conflict(Problem("stock.count_overtaken", params={"part": number})) from error


def write(
    session: Session,
    actor: Actor,
    count: StockCount,
    part: Part,
    milli: int,
    serials: Sequence[str] | None,
    *,
    anew: bool = False,
) -> Counted:
    """The line as it is counted now, beside what stock says now; the count is locked."""
    line, key = lock_line(session, actor, count, part), PartKey(actor.organisation_id, part.id)
    expected, named = rows.on_hand(session, key, count.place), _serials_at(session, actor, part.id, count.place)
    if line is None:
        line = StockCountLine(organisation_id=actor.organisation_id, count_id=count.id, part_id=part.id, moved=False)
    elif not anew and line.expected != expected:
        line.moved = True
    if anew:
        line.moved = False
    line.counted, line.expected, line.serials = milli, expected, list(serials or [])
    line.expected_serials = named
    line.counted_at, line.counted_by = utc_now(), actor.person_id
    session.add(line)
    session.flush()
    return Counted(part, line)


def lock_open(session: Session, actor: Actor, count_id: str) -> StockCount:
    """A count that nobody else adds to, or books, before this transaction ends; refused once it is over."""
    count = _locked(session, actor, count_id)
    _refuse_closed(count)
    return count


def lock_line(session: Session, actor: Actor, count: StockCount, part: Part) -> StockCountLine | None:
    """What was counted of a part so far; nobody moves the part before this transaction ends."""
    rows.lock_part(session, PartKey(actor.organisation_id, part.id))
    return session.get(StockCountLine, (actor.organisation_id, count.id, part.id))


def _locked(session: Session, actor: Actor, count_id: str) -> StockCount:
    count = session.get(StockCount, (actor.organisation_id, count_id), with_for_update=True)
    if count is None or not may_count(actor, count.place):
        raise Missing
    return count


def _refuse_closed(count: StockCount) -> None:
    if count.state != OPEN:
        raise Conflict(Problem("stock.count_closed"))


def _serials_at(session: Session, actor: Actor, part_id: str, place: str) -> list[str]:
    statement = select(StockSerial.serial).where(
        StockSerial.organisation_id == actor.organisation_id,
        StockSerial.part_id == part_id,
        StockSerial.location == place,
    )
    return list(session.execute(statement.order_by(StockSerial.serial)).scalars())


def _check(found: Sequence[Counted], reasons: Mapping[str, str]) -> None:
    if not found:
        raise Refusal(Problem("stock.count_empty"))
    problems = [Problem("stock.count_moved", params={"part": each.part.number}) for each in found if each.line.moved]
    problems += [
        Problem("stock.count_reason_missing", params={"part": each.part.number})
        for each in found
        if not each.is_right and reasons.get(each.part.id) not in REASONS
    ]
    if problems:
        raise Refusal(problems)


def _whereabouts(session: Session, actor: Actor, part: Part, line: StockCountLine) -> dict[tuple[str, str], str]:
    """Where stock has the serial numbers that were found here and are not expected here."""
    places = {}
    for serial in set(line.serials) - set(line.expected_serials):
        row = rows.serial(session, PartKey(actor.organisation_id, part.id), serial)
        if row is not None and not is_outside(row.location):
            places[part.id, serial] = str(row.location)
    return places


def _lines_for(counted: Counted, place: str) -> Iterator[Line]:
    """What has to move so that stock says what was counted. What has a number of its own moves by it."""
    part, line, elsewhere = counted.part, counted.line, counted.elsewhere
    if not line.serials and not (part.serial_tracked and line.expected_serials):
        if counted.difference > 0:
            yield Line(part.id, counted.difference, ADJUSTMENT, place)
        elif counted.difference < 0:
            yield Line(part.id, -counted.difference, place, ADJUSTMENT)
        return
    here, expected = set(line.serials), set(line.expected_serials)
    unnamed = line.expected // MILLI - len(expected)
    for serial in sorted(expected - here):
        yield Line(part.id, MILLI, place, ADJUSTMENT, serial=serial)
    unknown = [serial for serial in sorted(here - expected) if (part.id, serial) not in elsewhere]
    for serial in sorted(here - expected - set(unknown)):
        yield Line(part.id, MILLI, elsewhere[part.id, serial], place, serial=serial)
    for serial in unknown[max(0, unnamed) :]:
        yield Line(part.id, MILLI, ADJUSTMENT, place, serial=serial)
    if unnamed > len(unknown):
        yield Line(part.id, (unnamed - len(unknown)) * MILLI, place, ADJUSTMENT)
