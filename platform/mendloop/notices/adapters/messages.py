"""Telling people itself: a mail server that takes nothing, and addresses that were refused, for the owner."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import OWNER, Actor
from mendloop.accounts.services import names_of_people
from mendloop.clock import utc_now
from mendloop.notices.models import NoticeAddress, NoticeSender
from mendloop.notices.preferences import is_on
from mendloop.notices.sources import CALM, NEVER, SOON, Source, Waiting, register

PAGE = "/organisation/mail"
PATIENCE = dt.timedelta(minutes=10)
"""A server that is started anew is no matter for anybody."""


def failing(session: Session, actor: Actor) -> list[Waiting]:
    """Nothing is taken from anybody, for longer than a moment."""
    if not is_on(session, actor):
        return []
    statement = select(NoticeSender).where(NoticeSender.failing_since < utc_now() - PATIENCE)
    return [
        Waiting("mail_failing", row.channel, PAGE, row.failing_since, SOON, {"said": row.problem or ""})
        for row in session.execute(statement).scalars()
    ]


def refused(session: Session, actor: Actor) -> list[Waiting]:
    """Nothing goes to these addresses any more until somebody corrects them; nobody wrote down since when."""
    row, names = NoticeAddress, names_of_people(session, actor)
    statement = select(row).where(row.organisation_id == actor.organisation_id, row.problem.is_not(None))
    return [
        Waiting(
            *("mail_refused", f"{each.channel}/{each.person_id}", PAGE, None, CALM),
            values={"name": names.get(each.person_id, "–"), "said": each.problem or ""},
        )
        for each in session.execute(statement).scalars()
    ]


register(Source("mail_failing", frozenset({OWNER}), failing, mail=NEVER))
register(Source("mail_refused", frozenset({OWNER}), refused, mail=NEVER))
