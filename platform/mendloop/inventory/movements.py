"""All movements, entry by entry, the newest first: by part, place, order, person, action, and when they were booked.

A page begins at an entry and costs the same wherever that is. Ids of movements begin with the millisecond in which they
were booked, so that a period is a range of ids, and what was once listed for a period that is over stays the same.
"""

import datetime as dt
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, tuple_
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.models import Part, StockEntry, StockMovement
from mendloop.problems import BadRequest, Problem

PAGE, AT_ONCE = 50, 1000
LONGEST_CURSOR = 100
Found = Row[Any]
"""An entry with its movement and its part, as `COLUMNS` names them."""
COLUMNS: tuple[Any, ...] = (
    *(
        StockEntry.movement_id,
        StockEntry.part_id,
        StockEntry.sequence,
        StockEntry.from_location,
        StockEntry.to_location,
    ),
    *(StockEntry.milli, StockEntry.value),
    *(StockEntry.serial, StockEntry.lot),
    *(StockMovement.at, StockMovement.booked_at, StockMovement.action, StockMovement.by, StockMovement.order_id),
    *(StockMovement.reason, StockMovement.note, Part.number, Part.name, Part.unit),
)
_KEY = (StockEntry.movement_id, StockEntry.part_id, StockEntry.sequence)


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


@dataclass(frozen=True, slots=True)
class MovementsPage:
    """Entries, the newest first; `before` is where the next page begins."""

    entries: list[Found]
    before: str


def page_of_movements(
    session: Session, actor: Actor, wanted: Wanted, before: str = "", limit: int = PAGE
) -> MovementsPage:
    """A page of what is looked for."""
    edge = _edge(wanted, before) if before else []
    ways = [session.execute(each.where(*edge).limit(limit + 1)) for each in _statements(actor, wanted)]
    found = list(heapq.merge(*ways, key=_rank(wanted), reverse=True))[: limit + 1]
    following = "~".join(str(each) for each in _key(found[limit - 1])) if len(found) > limit else ""
    return MovementsPage(found[:limit], following)


def all_movements(session: Session, actor: Actor, wanted: Wanted) -> Iterator[Sequence[Found]]:
    """Everything that is looked for, some rows at a time, in the same order; read as it is asked for."""
    ways = [session.execute(each, execution_options={"yield_per": AT_ONCE}) for each in _statements(actor, wanted)]
    merged, some = heapq.merge(*ways, key=_rank(wanted), reverse=True), []
    for row in merged:
        some.append(row)
        if len(some) == AT_ONCE:
            yield some
            some = []
    yield some


def actions_known(session: Session, actor: Actor) -> list[str]:
    """Every action there is a movement of: each is one step in an index."""
    found: list[str] = []
    statement = select(func.min(StockMovement.action)).where(StockMovement.organisation_id == actor.organisation_id)
    while action := session.execute(statement.where(StockMovement.action > found[-1]) if found else statement).scalar():
        found.append(action)
    return found


def _statements(actor: Actor, wanted: Wanted) -> list[Select[Any]]:
    """One, or two where a place is asked for: what left, and what came. Each answers in order by an index."""
    statement = (
        select(*COLUMNS)
        .join(
            StockMovement,
            and_(
                StockMovement.organisation_id == StockEntry.organisation_id,
                StockMovement.id == StockEntry.movement_id,
            ),
        )
        .join(Part, and_(Part.organisation_id == StockEntry.organisation_id, Part.id == StockEntry.part_id))
        .where(StockEntry.organisation_id == actor.organisation_id, *_conditions(actor, wanted))
        .order_by(*(each.desc() for each in ((StockEntry.sequence,) if wanted.part_id else _KEY)))
    )
    if not wanted.place:
        return [statement]
    return [statement.where(end == wanted.place) for end in (StockEntry.from_location, StockEntry.to_location)]


def _conditions(actor: Actor, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.part_id:
        yield StockEntry.part_id == wanted.part_id
    if wanted.order_id:
        yield StockEntry.order_id == wanted.order_id
    if wanted.person_id:
        yield and_(StockMovement.organisation_id == actor.organisation_id, StockMovement.by == wanted.person_id)
    if wanted.action:
        yield and_(StockMovement.organisation_id == actor.organisation_id, StockMovement.action == wanted.action)
    if wanted.since is not None:
        yield StockEntry.movement_id >= _first_id(wanted.since)
    if wanted.until is not None:
        yield StockEntry.movement_id < _first_id(wanted.until)


def _edge(wanted: Wanted, before: str) -> list[ColumnElement[bool]]:
    movement_id, _, rest = before.partition("~")
    part_id, _, number = rest.partition("~")
    if len(before) > LONGEST_CURSOR or not (number.isascii() and number.isdecimal()) or len(number) > 18:
        raise BadRequest(Problem("stock.cursor_unknown", at="/before"))
    if wanted.part_id:
        return [StockEntry.sequence < int(number)]
    key: Any = tuple_(*_KEY)
    return [StockEntry.movement_id <= movement_id, key < (movement_id, part_id, int(number))]


def _key(row: Found) -> tuple[str, str, int]:
    return row.movement_id, row.part_id, row.sequence


def _rank(wanted: Wanted) -> Any:
    return (lambda row: row.sequence) if wanted.part_id else _key


def _first_id(moment: dt.datetime) -> str:
    """The lowest id that could be made then; an empty text sorts before all, where the moment is out of reach."""
    milliseconds = int(moment.timestamp() * 1000)
    text = f"{min(max(milliseconds, 0), 2**48 - 1):012x}"
    return f"{text[:8]}-{text[8:]}"
