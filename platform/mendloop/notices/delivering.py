"""Handing messages over, one after the other, outside of any transaction: at least once, and under the same id.

A message is marked as handed over before it is. Whoever is killed in between leaves it open whether it arrived: then
this very message is sent again, by its own id, so that mail programs know it for the same.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.database import write_transaction
from mendloop.notices.channels import Channel, Message, NotNow, Refused
from mendloop.notices.models import NoticeAddress, NoticeMessage, NoticeTold
from mendloop.notices.outbox import GIVEN_UP, REFUSED, SENT, WAITING

AT_A_TIME = 100
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(seconds=30), dt.timedelta(minutes=15)
PATIENCE = dt.timedelta(days=3)
"""After that a message that may have arrived is not sent again."""
KEPT = dt.timedelta(days=30)


def deliver_messages(session: Session, actor: Actor, channel: Channel, may_go_on: Callable[[], bool]) -> list[bool]:
    """Hand over what is due for the organisation, as long as `may_go_on`; of each that is answered, whether it arrived.

    Raises `NotNow` when the other side takes nothing from anybody.
    """
    answered = list[bool]()
    for message_id in _due(session, actor, channel):
        if not may_go_on():
            break
        answered.append(_deliver(session, (actor.organisation_id, message_id), channel))
    return answered


def wait_after(failures: int) -> dt.timedelta:
    """How long to leave it after so many failures in a row: twice as long each time, at most a quarter of an hour."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(max(failures, 1) - 1, 10)))


def forget_sent(session: Session, actor: Actor) -> None:
    """Messages are no archive. In a write transaction."""
    own = (NoticeMessage.organisation_id == actor.organisation_id, NoticeMessage.state != WAITING)
    session.execute(delete(NoticeMessage).where(*own, NoticeMessage.made_at < utc_now() - KEPT))


def _due(session: Session, actor: Actor, channel: Channel) -> list[str]:
    statement = (
        select(NoticeMessage.id)
        .where(
            NoticeMessage.organisation_id == actor.organisation_id,
            NoticeMessage.channel == channel.name,
            NoticeMessage.state == WAITING,
            NoticeMessage.try_at <= utc_now(),
        )
        .order_by(NoticeMessage.made_at)
        .limit(AT_A_TIME)
    )
    found = list(session.execute(statement).scalars())
    session.rollback()
    return found


def _deliver(session: Session, key: tuple[str, str], channel: Channel) -> bool:
    with write_transaction(session):
        row = session.get_one(NoticeMessage, key)
        was_handed, row.handed = row.handed, True
        message = Message(row.id, row.address, row.language, row.subject, row.text, row.html)
    try:
        channel.deliver(message)
    except Refused as refused:
        _settle(session, key, partial(_refuse, session, str(refused)))
        return False
    except NotNow as failure:
        maybe = was_handed or failure.maybe
        _settle(session, key, partial(_put_off, failure, maybe=maybe))
        if failure.alone:
            return False
        raise
    _settle(session, key, _sent)
    return True


def _settle(session: Session, key: tuple[str, str], change: Callable[[NoticeMessage], None]) -> None:
    with write_transaction(session):
        change(session.get_one(NoticeMessage, key))


def _sent(row: NoticeMessage) -> None:
    row.state, row.sent_at, row.problem = SENT, utc_now(), None


def _refuse(session: Session, words: str, row: NoticeMessage) -> None:
    """Nothing more goes to that address until somebody says that it is right; then all of this is told again."""
    row.state, row.problem = REFUSED, words
    whose = {"organisation_id": row.organisation_id, "person_id": row.person_id, "channel": row.channel}
    session.execute(delete(NoticeTold).filter_by(**whose).where(NoticeTold.notice.in_(row.notices)))
    address = session.get(NoticeAddress, (row.organisation_id, row.person_id, row.channel))
    if address is not None and address.address == row.address:
        address.problem = words


def _put_off(failure: NotNow, row: NoticeMessage, *, maybe: bool) -> None:
    row.handed, row.problem, row.attempts = maybe, str(failure), row.attempts + 1
    row.try_at = utc_now() + wait_after(row.attempts if failure.alone or maybe else 1)
    if maybe and row.made_at < utc_now() - PATIENCE:
        row.state = GIVEN_UP
