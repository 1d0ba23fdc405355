"""Printing labels: a sheet of A4 or one by one, for parts, their serial numbers, and places."""

import re

from flask import render_template, request
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory import histories, parts, places
from mendloop.inventory.blueprint import KEEPERS, blueprint
from mendloop.inventory.labels import MOST_LABELS, Label, place_code, several
from mendloop.inventory.locations import OUTSIDE, QUARANTINE
from mendloop.inventory.models import Part
from mendloop.inventory.services import parts_by_number
from mendloop.inventory.showing import names
from mendloop.problems import Problem
from mendloop.words import local, words_of

LAYOUTS = ("a4", "single")
ON_A4 = 24
MOST_NUMBERS, MOST_COPIES = 200, 100


@blueprint.get("/stock/labels")
@allow(*KEEPERS)
def choose_labels() -> str:
    """For which parts and places labels are to be printed, and on what."""
    return render_template(
        "labels.html", places=_places(current_session(), current_actor()), number="", layouts=LAYOUTS
    )


@blueprint.get("/stock/labels/print")
@allow(*KEEPERS)
def print_labels() -> str:
    """The labels of parts by `?numbers=`, of what has serial numbers by `?serials=`, of each `?place=`."""
    session, actor = current_session(), current_actor()
    problems: list[Problem] = []
    found = [
        *_of_parts(session, actor, problems),
        *_of_serials(session, actor, problems),
        *_of_places(session, actor, problems),
    ]
    layout = request.args.get("layout", "")
    return render_template(
        "labels_printed.html",
        labels=several(found, max(1, _whole("copies", MOST_COPIES))),
        layout=layout if layout in LAYOUTS else LAYOUTS[0],
        skip=_whole("skip", ON_A4 - 1),
        problems=[words_of(problem, current_language()) for problem in problems],
    )


def _of_parts(session: Session, actor: Actor, problems: list[Problem]) -> list[Label]:
    wanted = list(dict.fromkeys(filter(None, re.split(r"[\r\n,，;；]+", request.args.get("numbers", "")))))
    numbers = [each.strip() for each in wanted if each.strip()][:MOST_NUMBERS]
    known = parts_by_number(session, actor, numbers)
    problems += [_unknown(number) for number in numbers if number not in known]
    return [Label(part.number, part.number, _name(part)) for part in map(known.get, numbers) if part is not None]


def _of_serials(session: Session, actor: Actor, problems: list[Problem]) -> list[Label]:
    """Of those that lie at our places; the first of them, where there are very many."""
    number = request.args.get("serials", "").strip()
    part = parts.part_by_number(session, actor, number) if number else None
    if part is None:
        problems += [_unknown(number)] if number else []
        return []
    lines = parts.lines_of(session, actor, [part.id]).get(part.id, [])
    here = [line.location for line in lines if line.location not in OUTSIDE]
    found = histories.serials_of(session, actor, part.id, here)
    return [Label(each.serial, each.serial, f"{part.number} · {_name(part)}") for each in found]


def _of_places(session: Session, actor: Actor, problems: list[Problem]) -> list[Label]:
    wanted = request.args.getlist("place")[:MOST_LABELS]
    known = _places(session, actor)
    problems += [Problem("stock.place_unknown", at="/place")] if set(wanted) - set(known) else []
    return [Label(place_code(place), names().place(place), place) for place in wanted if place in known]


def _places(session: Session, actor: Actor) -> list[str]:
    return [*places.shelves(session, actor), QUARANTINE]


def _name(part: Part) -> str:
    return local(part.name, current_language())


def _unknown(number: str) -> Problem:
    return Problem("stock.code_unknown", at="/numbers", params={"code": number[:60]})


def _whole(name: str, most: int) -> int:
    """A small number from the address; nothing else counts."""
    text = request.args.get(name, "")
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
