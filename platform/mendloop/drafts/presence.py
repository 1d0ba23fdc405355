"""Who has a template open now. A browser says so every few seconds; who has said nothing for a while is gone."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete, select, update
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import names_of_people
from mendloop.clock import utc_now
from mendloop.drafts.models import TemplatePresence

GONE_AFTER = dt.timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody in one browser; one person may be there twice."""

    session: str
    person_id: str
    name: str
    selection: Any
    since: dt.datetime


def be_present(session: Session, actor: Actor, template_id: str, browser: str, selection: Any) -> list[Present]:
    """Say that the actor is here and what they look at; hear who else is."""
    now = utc_now()
    _sweep(session, actor, template_id, now)
    text = json.dumps(selection, ensure_ascii=False, separators=(",", ":"))
    if not _refresh(session, actor, template_id, browser, text, now):
        session.add(
            TemplatePresence(
                organisation_id=actor.organisation_id,
                template_id=template_id,
                person_id=actor.person_id,
                session=browser,
                selection=text,
                since=now,
                seen_at=now,
            )
        )
        session.flush()
    return who_is_here(session, actor, template_id)


def leave(session: Session, actor: Actor, template_id: str, browser: str) -> None:
    """The actor's browser has closed the template."""
    session.execute(delete(TemplatePresence).where(*_own(actor, template_id, browser)))


def who_is_here(session: Session, actor: Actor, template_id: str) -> list[Present]:
    """Everybody who said so within the last seconds, who came first first."""
    query = (
        select(TemplatePresence)
        .where(*_of(actor, template_id), TemplatePresence.seen_at >= utc_now() - GONE_AFTER)
        .order_by(TemplatePresence.since, TemplatePresence.session)
    )
    rows = list(session.execute(query.execution_options(populate_existing=True)).scalars())
    names = names_of_people(session, actor) if rows else {}
    return [
        Present(row.session, row.person_id, names.get(row.person_id, ""), json.loads(row.selection), row.since)
        for row in rows
    ]


def _refresh(session: Session, actor: Actor, template_id: str, browser: str, selection: str, now: dt.datetime) -> bool:
    statement = (
        update(TemplatePresence)
        .where(*_own(actor, template_id, browser))
        .values(selection=selection, seen_at=now)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def _sweep(session: Session, actor: Actor, template_id: str, now: dt.datetime) -> None:
    gone = delete(TemplatePresence).where(*_of(actor, template_id), TemplatePresence.seen_at < now - GONE_AFTER)
    session.execute(gone.execution_options(synchronize_session=False))


def _of(actor: Actor, template_id: str) -> tuple[ColumnElement[bool], ...]:
    return (TemplatePresence.organisation_id == actor.organisation_id, TemplatePresence.template_id == template_id)


def _own(actor: Actor, template_id: str, browser: str) -> tuple[ColumnElement[bool], ...]:
    own = (TemplatePresence.person_id == actor.person_id, TemplatePresence.session == browser)
    return (*_of(actor, template_id), *own)
