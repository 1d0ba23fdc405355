"""Parts as storekeepers keep them: finding, entering, changing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.inventory import rows, services
from mendloop.inventory.amounts import pack_twice
from mendloop.inventory.balances import IS_THERE, StockLine
from mendloop.inventory.models import CostLayer, Part, StockBalance, StockSerial
from mendloop.inventory.rows import PartKey
from mendloop.inventory.spelling import folded, unit_twice
from mendloop.library.texts import clean, faults_of_title
from mendloop.problems import BadRequest, Conflict, Missing, Problem, Refusal

LONGEST_NUMBER, LONGEST_UNIT, MOST_PACKS, MOST_FITS = 100, 20, 20, 100
PAGE = 50
SHORTEST_SERIAL, MOST_SERIALS = 3, 100
"""So much of a serial number has to be said, and so many are shown."""
_FITS = re.compile(r"[a-z0-9*][a-z0-9*/-]{0,199}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class PartDetails:
    """What is written down about a part."""

    number: str
    name: Mapping[str, str]
    unit: str = "pcs"
    costing: str = "average"
    serial_tracked: bool = False
    fits: tuple[str, ...] = ()
    packs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartsPage:
    """Some parts in the order of their numbers with where they lie; `next` is where the following page begins."""

    rows: list[tuple[Part, list[StockLine]]]
    next: str | None


def page_of_parts(session: Session, actor: Actor, query: str = "", after: str = "", limit: int = PAGE) -> PartsPage:
    """A page of the parts whose number or name contains the query, or one of their serial numbers does."""
    if len(query) > services.LONGEST_QUERY:
        raise BadRequest(Problem("part.query_too_long", at="/query", params={"limit": services.LONGEST_QUERY}))
    statement = select(Part).where(Part.organisation_id == actor.organisation_id, *_narrowed(actor, query.strip()))
    if after:
        statement = statement.where(Part.number > after)
    found = list(session.execute(statement.order_by(Part.number).limit(limit + 1)).scalars())
    lines = lines_of(session, actor, [part.id for part in found[:limit]])
    following = found[limit - 1].number if len(found) > limit else None
    return PartsPage([(part, lines.get(part.id, [])) for part in found[:limit]], following)


def lines_of(session: Session, actor: Actor, part_ids: Iterable[str]) -> dict[str, list[StockLine]]:
    """Where these parts are, by part."""
    statement = (
        select(Part, StockBalance)
        .join(StockBalance, (StockBalance.organisation_id == Part.organisation_id) & (StockBalance.part_id == Part.id))
        .where(
            Part.organisation_id == actor.organisation_id,
            StockBalance.organisation_id == actor.organisation_id,
            StockBalance.part_id.in_(sorted(set(part_ids))),
            IS_THERE,
        )
        .order_by(StockBalance.location)
    )
    found: dict[str, list[StockLine]] = {}
    for part, balance in session.execute(statement):
        line = StockLine(part, balance.location, balance.milli, balance.value, balance.reserved)
        found.setdefault(part.id, []).append(line)
    return found


def lines_at(session: Session, actor: Actor, place: str) -> list[StockLine]:
    """What lies at a place, by part."""
    statement = (
        select(Part, StockBalance)
        .join(StockBalance, (StockBalance.organisation_id == Part.organisation_id) & (StockBalance.part_id == Part.id))
        .where(
            Part.organisation_id == actor.organisation_id,
            StockBalance.organisation_id == actor.organisation_id,
            StockBalance.location == place,
            StockBalance.milli > 0,
        )
        .order_by(Part.number)
    )
    return [
        StockLine(part, balance.location, balance.milli, balance.value, balance.reserved)
        for part, balance in session.execute(statement)
    ]


def access_part(session: Session, actor: Actor, part_id: str) -> Part:
    """A part of the actor's organisation, or `Missing`."""
    part = session.get(Part, (actor.organisation_id, part_id))
    if part is None:
        raise Missing
    return part


def part_by_number(session: Session, actor: Actor, number: str) -> Part | None:
    """The part with this number, in whatever letters it is written."""
    return services.parts_by_number(session, actor, [number.strip()]).get(number.strip())


def add_part(session: Session, actor: Actor, details: PartDetails) -> Part:
    """Enter a part; in a write transaction."""
    _refuse(faults_of(details))
    return services.create_part(
        session,
        actor,
        details.number,
        clean(details.name),
        details.unit.strip(),
        fits=details.fits,
        serial_tracked=details.serial_tracked,
        costing=details.costing,
        packs=details.packs,
    )


def change_part(session: Session, actor: Actor, part_id: str, details: PartDetails) -> Part:
    """Write down new details; in a write transaction. What would give stock another meaning is refused."""
    part = access_part(session, actor, part_id)
    stock = rows.lock_part(session, PartKey(actor.organisation_id, part_id))
    _refuse(faults_of(details))
    _refuse(_faults_of_change(session, actor, part, stock, details))
    part.number, part.name, part.unit, part.known = details.number.strip(), clean(details.name), details.unit, True
    part.costing, part.serial_tracked = details.costing, details.serial_tracked
    part.fits, part.packs = list(details.fits), dict(details.packs)
    session.flush()
    return part


def put_part(session: Session, actor: Actor, details: PartDetails) -> Part:
    """Enter a part, or change the one with this number; in a write transaction."""
    known = part_by_number(session, actor, details.number)
    if known is None or not known.known:
        return add_part(session, actor, details)
    return change_part(session, actor, known.id, replace(details, number=known.number))


def is_anywhere(session: Session, actor: Actor, part_id: str) -> bool:
    """Whether some of it lies at one of our places."""
    statement = select(CostLayer.number).where(
        CostLayer.organisation_id == actor.organisation_id, CostLayer.part_id == part_id
    )
    return session.execute(statement.limit(1)).first() is not None


def faults_of(details: PartDetails) -> list[Problem]:
    """Everything that is wrong with what is written down, whatever stock there is."""
    return list(_faults(details))


def _faults(details: PartDetails) -> Iterator[Problem]:
    number, unit = details.number.strip(), details.unit.strip()
    if not number:
        yield Problem("part.number_missing", at="/number")
    if len(number) > LONGEST_NUMBER or _CONTROL.search(number):
        yield Problem("part.number_unusable", at="/number", params={"limit": LONGEST_NUMBER})
    yield from faults_of_title(details.name)
    if not unit or len(unit) > LONGEST_UNIT or _CONTROL.search(unit):
        yield Problem("part.unit_unusable", at="/unit", params={"limit": LONGEST_UNIT})
    if details.costing not in services.COSTINGS:
        yield Problem("part.costing_unknown", at="/costing")
    if len(details.packs) > MOST_PACKS or any(unit_twice((unit, pack)) for pack in details.packs):
        yield Problem("part.packs_unusable", at="/packs", params={"limit": MOST_PACKS})
    elif (twice := unit_twice(details.packs)) is not None:
        yield pack_twice(twice)
    wrong = next((each for each in details.fits if not _FITS.fullmatch(each)), None)
    if wrong is not None or len(details.fits) > MOST_FITS:
        yield Problem("part.fits_unreadable", at="/fits", params={"product": (wrong or "")[:60]})


def _faults_of_change(
    session: Session, actor: Actor, part: Part, stock: rows.Stock, details: PartDetails
) -> Iterator[Problem]:
    other = part_by_number(session, actor, details.number)
    if other is not None and other.id != part.id:
        yield Problem("part.number_taken", at="/number", params={"number": details.number.strip()})
    if details.costing != part.costing and is_anywhere(session, actor, part.id):
        yield Problem("part.costing_in_use", at="/costing")
    if details.unit != part.unit and stock.last_sequence:
        yield Problem("part.unit_in_use", at="/unit")


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        conflict = any(problem.code.endswith("_in_use") for problem in found)
        raise (Conflict if conflict else Refusal)(found)


def serials_like(
    session: Session, actor: Actor, part_ids: Iterable[str], query: str
) -> dict[str, list[tuple[str, str]]]:
    """Serial numbers of these parts that contain the query, some of each, with where they are."""
    found: dict[str, list[tuple[str, str]]] = {}
    wanted = sorted(set(part_ids))
    if len(query.strip()) < SHORTEST_SERIAL or not wanted:
        return found
    alike = (*_serials_with(actor, query), StockSerial.part_id.in_(wanted))
    statement = select(StockSerial.part_id, StockSerial.serial, StockSerial.location).where(*alike)
    for part_id, serial, place in session.execute(statement.order_by(StockSerial.serial_key).limit(MOST_SERIALS)):
        found.setdefault(part_id, []).append((serial, place))
    return found


def _narrowed(actor: Actor, query: str) -> list[ColumnElement[bool]]:
    if not query:
        return []
    names: list[Any] = [Part.name[language].as_string() for language in ("zh-CN", "en")]
    said = [each.icontains(query, autoescape=True) for each in (Part.number, *names)]
    if len(query) >= SHORTEST_SERIAL:
        said.append(Part.id.in_(select(StockSerial.part_id).where(*_serials_with(actor, query))))
    return [or_(*said)]


def _serials_with(actor: Actor, query: str) -> tuple[ColumnElement[bool], ...]:
    mine = StockSerial.organisation_id == actor.organisation_id
    return mine, StockSerial.serial_key.contains(folded(query), autoescape=True)
