"""The editor of a BOM: lines from a file or a text, what is wrong with them, and how they are kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from mendloop.assets import services
from mendloop.assets.forms import BomForm
from mendloop.assets.limbs import LINES
from mendloop.assets.pasting import Pasted, read_lines
from mendloop.assets.positions import children_of
from mendloop.assets.reading_files import MOST_BYTES, text_of_file
from mendloop.assets.services import NewBom, Position, Subject
from mendloop.assets.showing import names_for
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.inventory import services as inventory
from mendloop.pages.render import current_zone
from mendloop.problems import Problem, Refusal, TooLarge
from mendloop.words import words_of


@dataclass(frozen=True, slots=True)
class Of:
    """What a BOM is of, as the address names it and as people call it."""

    subject: Subject
    title: str
    address: dict[str, str]

    def url(self, **more: object) -> str:
        """Where its BOM is shown."""
        address: dict[str, Any] = {**self.address, **more}
        return url_for("boms.show_bom", **address)


def take_file(form: BomForm) -> bool:
    """The rows of a file take the place of the text; answers whether there was one."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return False
    content = file.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TooLarge(Problem("body_too_large", at="/file", params={"limit": MOST_BYTES}))
    form.text.data = text_of_file(content, file.filename)
    return True


def new_bom(of: Of, form: BomForm, pasted: Pasted) -> NewBom:
    """What was pasted as a revision; parts that are missing are entered first, when that is wanted."""
    if pasted.problems:
        raise Refusal(pasted.problems)
    if form.enter_parts.data:
        _enter_parts(pasted.positions)
    return NewBom(of.subject, pasted.positions, _effective(form.effective.data), form.note.data or "")


def edit_page(of: Of, form: BomForm, pasted: Pasted | None) -> str:
    """The editor, with a preview of its lines: the first ones, and those with a problem."""
    session, actor = current_session(), current_actor()
    shown = pasted or read_lines(form.text.data or "")
    problems = list(shown.problems)
    if not problems:
        problems = services.bom_problems(session, actor, NewBom(of.subject, shown.positions))
    if form.enter_parts.data:
        problems = [each for each in problems if each.code != "bom.part_unknown"]
    by_line: dict[int, list[Problem]] = {}
    for problem in problems:
        found = problem.at.removeprefix("/lines/")
        by_line.setdefault(int(found) if found.isdecimal() else -1, []).append(problem)
    wrong = {line: [words_of(each, current_language()) for each in found] for line, found in by_line.items()}
    lines = [line for line in range(len(shown.positions)) if line < LINES or line in wrong][: 2 * LINES]
    return render_template(
        "bom_edit.html",
        of=of,
        form=form,
        positions=shown.positions,
        lines=lines,
        depths=_depths(shown.positions),
        wrong=wrong,
        most=LINES,
        unknown=any(each.code == "bom.part_unknown" for each in problems),
        is_preview=pasted is not None,
        names=names_for(session, actor, parts=[shown.positions[line].part for line in lines]),
    )


def _effective(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(), current_zone()) if day is not None else None


def _enter_parts(positions: Sequence[Position]) -> None:
    session, actor = current_session(), current_actor()
    wanted = {each.part: each for each in positions if each.part is not None and len(each.part) <= 100}
    known = inventory.parts_by_number(session, actor, wanted)
    for number, position in wanted.items():
        if number not in known:
            name = dict(position.label) or {"en": number}
            inventory.create_part(session, actor, number, name, serial_tracked=position.serial)


def _depths(positions: Sequence[Position]) -> dict[str, int]:
    """How deep each stands, for those that have a way to the top."""
    tree, found = children_of(positions), dict[str, int]()
    waiting: list[tuple[str | None, int]] = [(None, 0)]
    while waiting:
        parent, depth = waiting.pop()
        for child in tree.get(parent, ()):
            if child.key not in found:
                found[child.key] = depth
                waiting.append((child.key, depth + 1))
    return found
