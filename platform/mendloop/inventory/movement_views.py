"""All movements on one page: what is looked for stands in the address, and leaves as a file just so."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from flask import render_template, request
from sqlalchemy.orm import Session

from mendloop.accounts.actor import OWNER, STOREKEEPER, SUPERVISOR, VIEWER, Actor
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory import movements, places
from mendloop.inventory.amounts import MILLI, digits_of
from mendloop.inventory.blueprint import blueprint
from mendloop.inventory.locations import ORDER, OUTSIDE, RECYCLING, SCRAP, kind_of, owner_of
from mendloop.inventory.movements import Moved, Wanted
from mendloop.inventory.sheets import find_part, order_by_number
from mendloop.inventory.showing import Names, names
from mendloop.pages.render import current_zone
from mendloop.problems import BadRequest, Problem
from mendloop.tables import Cell, exact
from mendloop.words import words_of

SEE_WORTH = (OWNER, SUPERVISOR, STOREKEEPER, VIEWER)
FILTERS = ("part", "place", "order", "person", "action", "from", "to")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as it is written, and what nothing here is called."""

    written: Mapping[str, str]
    wanted: Wanted
    problems: list[Problem] = field(default_factory=list)


@blueprint.get("/stock/movements")
@allow(*SEE_WORTH)
def list_movements() -> str:
    """What moved, the newest first: `?part=` and `?order=` by number, `?place=`, `?person=`, `?action=`, and by day."""
    session, actor = current_session(), current_actor()
    asked = asked_for(session, actor, request.args)
    if asked.problems:
        page = movements.MovementsPage([], "")
    else:
        before = request.args.get("before", "")
        page = movements.page_of_movements(session, actor, asked.wanted, before, movements.PAGE)
    _know(names(), page.entries)
    return render_template(
        "movements.html",
        page=page,
        asked={name: text for name, text in asked.written.items() if text},
        problems=[words_of(problem, current_language()) for problem in asked.problems],
        places=_places(session, actor, asked.wanted.place),
        people=names().people,
        actions=movements.actions_known(session, actor),
        before=request.args.get("before", ""),
    )


def asked_for(session: Session, actor: Actor, given: Mapping[str, str]) -> Asked:
    """What is looked for, by what people call it."""
    written = {name: given.get(name, "").strip()[:LONGEST] for name in FILTERS}
    problems = []
    part = find_part(session, actor, written["part"]) if written["part"] else None
    if written["part"] and part is None:
        problems.append(Problem("stock.code_unknown", at="/part", params={"code": written["part"][:60]}))
    order = order_by_number(session, actor, written["order"]) if written["order"] else None
    if written["order"] and order is None:
        problems.append(Problem("stock.order_unknown", at="/order", params={"number": written["order"][:40]}))
    since, until = day_in(written["from"], 0), day_in(written["to"], 1)
    found = (part.id if part else "", written["place"], order.id if order else "", written["person"], written["action"])
    return Asked(written, Wanted(*found, since, until), problems)


def day_in(text: str, later: int) -> dt.datetime | None:
    """The beginning of a day in the organisation's own zone, `later` days after it; None where none is written."""
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text) + dt.timedelta(days=later)
        return dt.datetime.combine(day, dt.time(), current_zone())
    except (ValueError, OverflowError) as error:
        raise BadRequest(Problem("stock.day_unreadable", params={"day": text[:20]})) from error


def movement_cells(session: Session, actor: Actor, known: Names, asked: Asked) -> Iterator[Sequence[Cell]]:
    """Everything that is looked for, as rows of a file."""
    digits = digits_of(session, actor)
    for some in movements.all_movements(session, actor, asked.wanted):
        _know(known, some)
        yield from (_cells(moved, known, digits) for moved in some)


def _cells(moved: Moved, known: Names, digits: int) -> Sequence[Cell]:
    entry, head = moved.entry, moved.movement
    moments = (head.at.isoformat(timespec="seconds"), head.booked_at.isoformat(timespec="seconds"))
    return (
        *(*moments, head.action, moved.part.number, Decimal(entry.milli) / MILLI, exact(entry.value, digits)),
        *(known.place(entry.from_location), known.place(entry.to_location), entry.serial, entry.lot),
        *(known.order(head.order_id) or None, known.person(head.by), head.reason, head.note, head.id),
    )


def _know(known: Names, some: Sequence[Moved]) -> None:
    """Look up the orders that these name, all at once."""
    ends = {end for each in some for end in (each.entry.from_location, each.entry.to_location)}
    orders = {owner_of(end) for end in ends if kind_of(end) == ORDER}
    known.know_orders([*(each.movement.order_id for each in some), *orders])


def _places(session: Session, actor: Actor, chosen: str) -> list[str]:
    """The places that can be chosen, and the one that is."""
    found = [*places.shelves(session, actor), *places.waiting_places(session, actor), SCRAP, RECYCLING, *OUTSIDE]
    return list(dict.fromkeys([*found, *([chosen] if chosen else [])]))
