"""Small things about rows that all of knowledge shares: lists in columns, documents as text, acts in their order."""

import json
from collections.abc import Iterable

from mendloop_engine.canonical import canonical_text
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.knowledge.content import CaseContent
from mendloop.knowledge.models import Case, CaseAct

LONGEST_LIST = 2000


def as_list(values: Iterable[str]) -> str:
    """`|one|two|`; nothing for none. What does not fit any more is only in the document."""
    text = "".join(f"|{value}" for value in values if "|" not in value)
    cut = text if len(text) < LONGEST_LIST else text[: text.rindex("|", 0, LONGEST_LIST)]
    return f"{cut}|" if cut else ""


def listed(text: str) -> tuple[str, ...]:
    """What `as_list` wrote."""
    return tuple(each for each in text.split("|") if each)


def names_in(column: InstrumentedAttribute[str], value: str) -> ColumnElement[bool]:
    """Whether a list has this value."""
    return column.contains(f"|{value}|", autoescape=True)


def read_content(text: str) -> CaseContent:
    """A case's document."""
    return CaseContent.from_json(json.loads(text))


def write_content(content: CaseContent) -> str:
    """The same as the text that is kept."""
    return canonical_text(content.to_json())


def summarise(case: Case, content: CaseContent) -> None:
    """Write down beside the document what lists show and filter by."""
    case.title, case.product, case.template = dict(content.title), content.product, content.template
    case.faults, case.minutes = as_list((*content.faults, *content.cause_codes)), content.minutes


def note_act(session: Session, actor: Actor, case: Case, act: str, note: str = "", other: str | None = None) -> CaseAct:
    """Remember for good what somebody did with a case that is locked. Changes the moment of its last change too."""
    last = select(func.max(CaseAct.number)).where(
        CaseAct.organisation_id == actor.organisation_id, CaseAct.case_id == case.id
    )
    number = (session.execute(last).scalar() or 0) + 1
    key = {"organisation_id": actor.organisation_id, "case_id": case.id, "number": number}
    case.changed_at = utc_now()
    done = CaseAct(**key, act=act, by=actor.person_id, at=case.changed_at, note=note.strip()[:2000])
    done.version, done.other = case.version, other
    session.add(done)
    session.flush()
    return done
