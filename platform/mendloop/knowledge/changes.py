"""What of knowledge changed, numbered per organisation without a gap, in the order in which it can be seen.

Whoever changes something counts up first and keeps the counter's row locked until his transaction ends. So no
number is seen before a smaller one: who has read up to one has missed nothing below it, however late others commit.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import new_id
from mendloop.knowledge.models import KnowledgeChange, KnowledgeState

CASE, ARTICLE, SYNONYMS = "case", "article", "synonyms"
_STATES: Table = KnowledgeState.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest change: its number, and an id that no other history of this organisation has for it."""

    number: int
    id: str


def note_change(session: Session, actor: Actor, kind: str, subject: str, helped: int = 0) -> int:
    """Something that is searched for is other than before. Call it last: others wait until the transaction ends."""
    session.flush()
    row = {"organisation_id": actor.organisation_id, "last_change": 1}
    number: int = session.connection().execute(_count_up(session.get_bind().dialect.name), row).scalar_one()
    change = KnowledgeChange(organisation_id=actor.organisation_id, number=number, id=new_id())
    change.kind, change.subject, change.helped, change.at = kind, subject, helped, utc_now()
    session.add(change)
    session.flush()
    return number


def newest_change(session: Session, actor: Actor) -> Mark:
    """One short query; nothing has changed yet: number 0."""
    statement = (
        select(KnowledgeChange.number, KnowledgeChange.id)
        .where(KnowledgeChange.organisation_id == actor.organisation_id)
        .order_by(KnowledgeChange.number.desc())
        .limit(1)
    )
    found = session.execute(statement).one_or_none()
    return Mark(found.number, found.id) if found is not None else Mark(0, "")


def mark_of(session: Session, actor: Actor, number: int) -> Mark | None:
    """The change with this number, if there is one."""
    found = session.get(KnowledgeChange, (actor.organisation_id, number))
    return Mark(found.number, found.id) if found is not None else None


def subjects_after(session: Session, actor: Actor, number: int) -> dict[str, str]:
    """What changed since, each once, with its kind."""
    statement = (
        select(KnowledgeChange.subject, KnowledgeChange.kind)
        .where(KnowledgeChange.organisation_id == actor.organisation_id, KnowledgeChange.number > number)
        .order_by(KnowledgeChange.number)
    )
    return {subject: kind for subject, kind in session.execute(statement) if kind != SYNONYMS}


@cache
def _count_up(dialect: str) -> Any:
    insert: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(_STATES)
    more = {"last_change": _STATES.c.last_change + 1}
    return insert.on_conflict_do_update(index_elements=["organisation_id"], set_=more).returning(_STATES.c.last_change)
