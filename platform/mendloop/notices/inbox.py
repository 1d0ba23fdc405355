"""One person's inbox: what waits, with what they and their colleagues have said about it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.notices.collecting import everything_waiting
from mendloop.notices.models import NoticeMark, NoticeTaking
from mendloop.notices.sources import Waiting

WAITS, LATER, TAKEN = "waits", "later", "taken"
STATES = (WAITS, LATER, TAKEN)
HOLDS = dt.timedelta(days=1)
"""So long somebody has what nobody knows the beginning of: what went and came back looks the same."""
MOMENTS = 5.0
"""Seconds that the number beside the navigation may lag behind."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that waits: for the reader now, later, or for the colleague who has taken it. `taken_by` is who has."""

    waiting: Waiting
    is_new: bool
    later_until: dt.datetime | None = None
    taken_by: str | None = None
    is_mine: bool = False

    @property
    def state(self) -> str:
        """Where it stands in the inbox."""
        if self.taken_by is not None and not self.is_mine:
            return TAKEN
        return LATER if self.later_until is not None else WAITS


def inbox_of(session: Session, actor: Actor, at_most: float = 0.0) -> list[Line]:
    """Everything that concerns the actor, in its order. What waits may have been found `at_most` seconds ago."""
    waiting = everything_waiting(session, actor, at_most)
    if not waiting:
        return []
    marks, takings, now = _marks(session, actor), takings_of(session, actor), utc_now()
    return [_line(each, marks, takings, actor, now) for each in waiting]


def count_waiting(session: Session, actor: Actor) -> int:
    """How much waits for the actor now; every page asks."""
    return sum(line.state == WAITS for line in inbox_of(session, actor, MOMENTS))


def takings_of(session: Session, actor: Actor) -> dict[str, NoticeTaking]:
    """Who has what, by the notice's id."""
    statement = select(NoticeTaking).where(NoticeTaking.organisation_id == actor.organisation_id)
    return {row.notice: row for row in session.execute(statement).scalars()}


def holds(taking: NoticeTaking | None, waiting: Waiting, now: dt.datetime) -> bool:
    """Whether it was taken since it waits."""
    if taking is None:
        return False
    return taking.taken_at >= (waiting.since or now - HOLDS)


def _marks(session: Session, actor: Actor) -> dict[str, NoticeMark]:
    statement = select(NoticeMark).where(
        NoticeMark.organisation_id == actor.organisation_id, NoticeMark.person_id == actor.person_id
    )
    return {row.notice: row for row in session.execute(statement).scalars()}


def _line(
    waiting: Waiting,
    marks: Mapping[str, NoticeMark],
    takings: Mapping[str, NoticeTaking],
    actor: Actor,
    now: dt.datetime,
) -> Line:
    mark, taking = marks.get(waiting.id), takings.get(waiting.id)
    if mark is not None and waiting.since is not None and mark.marked_at < waiting.since:
        mark = None
    until = mark.later_until if mark is not None and mark.later_until and mark.later_until > now else None
    holder = taking.person_id if taking is not None and holds(taking, waiting, now) else None
    return Line(waiting, mark is None, until, holder, holder == actor.person_id)
