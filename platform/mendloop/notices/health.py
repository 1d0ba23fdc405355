"""How telling people goes, for the owner: is the other side there, what waits, what was refused."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.notices.models import NoticeMessage, NoticeSender
from mendloop.notices.outbox import GIVEN_UP, REFUSED, WAITING

MOST = 20


@dataclass(frozen=True, slots=True)
class Returned:
    """A message that did not arrive: to whom, when it was made, and the other side's words."""

    person_id: str
    address: str
    made_at: dt.datetime
    problem: str


@dataclass(frozen=True, slots=True)
class Health:
    """`failing_since` and `problem` say that nothing is taken from anybody; `waiting` is how many messages wait."""

    sent_at: dt.datetime | None
    failing_since: dt.datetime | None
    try_at: dt.datetime | None
    problem: str
    waiting: int
    returned: Sequence[Returned]


def health_of(session: Session, actor: Actor, channel: str) -> Health:
    """Of one channel: the other side is the same for the whole installation, messages are the organisation's own."""
    own = (NoticeMessage.organisation_id == actor.organisation_id, NoticeMessage.channel == channel)
    waiting = select(func.count()).select_from(NoticeMessage).where(*own, NoticeMessage.state == WAITING)
    returned = select(NoticeMessage).where(*own, NoticeMessage.state.in_((REFUSED, GIVEN_UP)))
    rows = session.execute(returned.order_by(NoticeMessage.made_at.desc()).limit(MOST)).scalars()
    told = [Returned(row.person_id, row.address, row.made_at, row.problem or "") for row in rows]
    sender = session.get(NoticeSender, channel)
    many = session.execute(waiting).scalar_one()
    if sender is None:
        return Health(None, None, None, "", many, told)
    return Health(sender.sent_at, sender.failing_since, sender.try_at, sender.problem or "", many, told)
