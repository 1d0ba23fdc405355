"""All movements, entry by entry, the newest first: by part, place, order, person, action, and when they were booked.

A page looks at a bounded number of entries, wherever it begins. Ids of movements begin with the millisecond in which
they were booked: a period is a range of ids, and what was once listed for a period that is over stays the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory.models import Part, StockEntry, StockMovement
from mendloop.inventory.movement_walk import Key, Walk, Wanted, walks
from mendloop.inventory.whereabouts import parts_by_id
from mendloop.problems import BadRequest, Problem

PAGE, AT_ONCE, MOST_SEEN = 50, 1_000, 10_000
LONGEST_CURSOR = 100


@dataclass(frozen=True, slots=True)
class Moved:
    """One entry with its movement and its part."""

    entry: StockEntry
    movement: StockMovement
    part: Part


@dataclass(frozen=True, slots=True)
class MovementsPage:
    """Entries, the newest first; `before` is where the next page begins. Where little of what was looked through is
    wanted a page has fewer, and there may be more all the same."""

    entries: list[Moved]
    before: str


def page_of_movements(
    session: Session, actor: Actor, wanted: Wanted, before: str = "", limit: int = PAGE
) -> MovementsPage:
    """A page of what is looked for."""
    keys, edge = _next(walks(session, actor, wanted), _key_in(wanted, before) if before else None, limit)
    if len(keys) > limit:
        keys, edge = keys[:limit], keys[limit - 1]
    return MovementsPage(_moved(session, actor, keys, {}), "~".join(map(str, edge)) if edge is not None else "")


def all_movements(session: Session, actor: Actor, wanted: Wanted) -> Iterator[Sequence[Moved]]:
    """Everything that is looked for, some entries at a time, in the same order; read as it is asked for."""
    ways, edge, known = walks(session, actor, wanted), None, dict[str, Part]()
    while True:
        keys, edge = _next(ways, edge, AT_ONCE)
        for first in range(0, len(keys), AT_ONCE):
            yield _moved(session, actor, keys[first : first + AT_ONCE], known)
            session.expunge_all()  # what was written is not kept in memory
        if edge is None:
            return


def count_movements(session: Session, actor: Actor, wanted: Wanted, most: int) -> int:
    """How many entries are looked for; beyond `most` nobody goes on counting."""
    ways, edge, found = walks(session, actor, wanted), None, 0
    while found <= most:
        keys, edge = _next(ways, edge, MOST_SEEN)
        found += len(keys)
        if edge is None:
            break
    return found


def actions_known(session: Session, actor: Actor) -> list[str]:
    """Every action there is a movement of: each is one step in an index."""
    found: list[str] = []
    statement = select(func.min(StockMovement.action)).where(StockMovement.organisation_id == actor.organisation_id)
    while action := session.execute(statement.where(StockMovement.action > found[-1]) if found else statement).scalar():
        found.append(action)
    return found


def _next(ways: Sequence[Walk], edge: Key | None, limit: int) -> tuple[list[Key], Key | None]:
    """What is wanted below the edge, a little more than `limit` or less, and below which key to go on; None at the end.

    Of two ways only that counts which both have come to.
    """
    found: list[Key] = []
    many, seen = limit + 1, 0
    while len(found) <= limit and seen < MOST_SEEN:
        steps = [way(edge, many) for way in ways]
        edge = max((step.edge for step in steps if step.edge is not None), default=None)
        wanted = {key for step in steps for key in step.keys if edge is None or key >= edge}
        found += sorted(wanted, reverse=True)
        if edge is None:
            break
        seen, many = seen + many, min(4 * many, MOST_SEEN)
    return found, edge


def _moved(session: Session, actor: Actor, keys: Sequence[Key], known: dict[str, Part]) -> list[Moved]:
    """The entries with these keys, in their order."""
    entries = {_short(entry): entry for entry in _entries(session, actor, keys)}
    heads = {entry.movement_id for entry in entries.values()}
    statement = select(StockMovement).where(
        StockMovement.organisation_id == actor.organisation_id, StockMovement.id.in_(sorted(heads))
    )
    movements = {head.id: head for head in session.execute(statement).scalars()} if heads else {}
    known |= parts_by_id(session, actor, {key[1] for key in keys} - set(known))
    found = [entries[key[1:]] for key in keys]
    return [Moved(entry, movements[entry.movement_id], known[entry.part_id]) for entry in found]


def _entries(session: Session, actor: Actor, keys: Sequence[Key]) -> list[StockEntry]:
    """Those of one part by their numbers; else whole movements, of which more may come than is wanted."""
    statement = select(StockEntry).where(StockEntry.organisation_id == actor.organisation_id)
    if keys and not keys[0][0]:
        mine = (StockEntry.part_id == keys[0][1], StockEntry.sequence.in_([key[2] for key in keys]))
        return list(session.execute(statement.where(*mine)).scalars())
    heads = sorted({key[0] for key in keys})
    return list(session.execute(statement.where(StockEntry.movement_id.in_(heads))).scalars()) if heads else []


def _short(entry: StockEntry) -> tuple[str, int]:
    return entry.part_id, entry.sequence


def _key_in(wanted: Wanted, before: str) -> Key:
    movement_id, _, rest = before.partition("~")
    part_id, _, number = rest.partition("~")
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    if len(before) > LONGEST_CURSOR or not is_number or (wanted.part_id and part_id != wanted.part_id):
        raise BadRequest(Problem("stock.cursor_unknown", at="/before"))
    return movement_id, part_id, int(number)


__all__ = ["Moved", "MovementsPage", "Wanted", "actions_known", "all_movements", "count_movements", "page_of_movements"]
