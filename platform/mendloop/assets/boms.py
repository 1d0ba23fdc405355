"""Bills of material in revisions. A revision never changes; the next one takes its place from a given instant."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.assets.models import Bom, BomPosition
from mendloop.assets.nesting import check_nesting
from mendloop.assets.positions import Position, faults_of_positions
from mendloop.assets.turns import take_turn
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.inventory import services as inventory
from mendloop.library import services as library
from mendloop.problems import Missing, Problem, Refusal

_POSITIONS: Table = BomPosition.__table__  # type: ignore[assignment]
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a BOM is of: a product by its id, or a part that is an assembly by its number."""

    product_id: str | None = None
    part: str | None = None

    @property
    def columns(self) -> dict[str, str | None]:
        """As columns of a BOM's row."""
        return {"product_id": self.product_id, "part_number": self.part}


@dataclass(frozen=True, slots=True)
class NewBom:
    """A revision to be: its positions, from when it holds (None: from now on), and a word why."""

    subject: Subject
    positions: Sequence[Position]
    effective_from: dt.datetime | None = None
    note: str = ""


def save_bom(session: Session, actor: Actor, new: NewBom) -> Bom:
    """Keep the next revision; refused with everything that is wrong with it. In the caller's write transaction."""
    take_turn(session, actor)
    problems = bom_problems(session, actor, new)
    if problems:
        raise Refusal(problems)
    now = utc_now()
    bom = Bom(
        organisation_id=actor.organisation_id,
        id=new_id(),
        **new.subject.columns,
        revision=1 + max((each.revision for each in revisions(session, actor, new.subject)), default=0),
        effective_from=new.effective_from or now,
        note=new.note.strip(),
        size=len(new.positions),
        created_at=now,
        created_by=actor.person_id,
    )
    session.add(bom)
    session.flush()
    rows = [_row(bom, ordinal, position) for ordinal, position in enumerate(new.positions)]
    if rows:
        session.connection().execute(_POSITIONS.insert(), rows)
    return bom


def bom_problems(session: Session, actor: Actor, new: NewBom) -> list[Problem]:
    """All that speaks against this revision: its subject, its lines, parts nobody knows, an assembly inside itself."""
    _access(session, actor, new.subject)
    problems = faults_of_positions(new.positions)
    if len(new.note) > LONGEST_NOTE:
        problems.append(Problem("bom.note_too_long", at="/note", params={"limit": LONGEST_NOTE}))
    named = {each.part for each in new.positions if each.part is not None}
    known = inventory.parts_by_number(session, actor, named)
    problems += [
        Problem("bom.part_unknown", at=f"/lines/{index}", params={"part": each.part, "number": index + 1})
        for index, each in enumerate(new.positions)
        if each.part is not None and each.part not in known
    ]
    return problems or check_nesting(session, actor, new.subject.part, new.positions)


def revisions(session: Session, actor: Actor, subject: Subject) -> list[Bom]:
    """All revisions, the newest first."""
    statement = select(Bom).where(Bom.organisation_id == actor.organisation_id, *_of(subject))
    return list(session.execute(statement.order_by(Bom.revision.desc())).scalars())


def access_bom(session: Session, actor: Actor, bom_id: str) -> Bom:
    """A revision of the actor's organisation, or `Missing`."""
    found = session.get(Bom, (actor.organisation_id, bom_id))
    if found is None:
        raise Missing
    return found


def bom_in_effect(session: Session, actor: Actor, subject: Subject, when: dt.datetime | None = None) -> Bom | None:
    """The revision that holds at an instant, by default now."""
    found = [each for each in revisions(session, actor, subject) if each.effective_from <= (when or utc_now())]
    return max(found, key=in_order, default=None)


def in_order(bom: Bom) -> tuple[dt.datetime, int]:
    """Of several that hold already, the one that began last holds."""
    return bom.effective_from, bom.revision


def revision_of(session: Session, actor: Actor, subject: Subject, number: int) -> Bom:
    """The revision with this number, or `Missing`."""
    found = next((each for each in revisions(session, actor, subject) if each.revision == number), None)
    if found is None:
        raise Missing
    return found


def positions_of(session: Session, actor: Actor, bom_ids: Iterable[str]) -> dict[str, list[Position]]:
    """The positions of each of these revisions, in their order."""
    wanted = sorted(set(bom_ids))
    found: dict[str, list[Position]] = {each: [] for each in wanted}
    statement = select(_POSITIONS).where(
        _POSITIONS.c.organisation_id == actor.organisation_id, _POSITIONS.c.bom_id.in_(wanted)
    )
    for row in session.execute(statement.order_by(_POSITIONS.c.bom_id, _POSITIONS.c.ordinal)):
        found[row.bom_id].append(_position(row))
    return found


def subject_of(bom: Bom) -> Subject:
    """What the revision is of."""
    return Subject(bom.product_id, bom.part_number)


def _of(subject: Subject) -> tuple[ColumnElement[bool], ...]:
    if subject.product_id is not None:
        return (Bom.product_id == subject.product_id,)
    return (Bom.part_number == subject.part,)


def _access(session: Session, actor: Actor, subject: Subject) -> None:
    if subject.product_id is not None:
        library.access_product(session, actor, subject.product_id)
    elif subject.part is None or subject.part not in inventory.parts_by_number(session, actor, [subject.part]):
        raise Missing


def _row(bom: Bom, ordinal: int, position: Position) -> dict[str, Any]:
    return {
        "organisation_id": bom.organisation_id,
        "bom_id": bom.id,
        "key": position.key,
        "ordinal": ordinal,
        "parent_key": position.parent,
        "label": {language: text.strip() for language, text in position.label.items() if text.strip()},
        "part_number": position.part,
        "milli": position.milli,
        "serial_tracked": position.serial,
    }


def _position(row: Any) -> Position:
    return Position(row.key, row.parent_key, row.label, row.part_number, row.milli, row.serial_tracked)
