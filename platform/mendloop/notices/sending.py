"""One process of this installation tells people, however many serve: whoever holds the lease in the database."""

import datetime as dt
import threading
import time

import structlog
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import organisation_ids
from mendloop.clock import utc_now
from mendloop.config import Config
from mendloop.database import Database, new_id, open_session, run_write, session_for, write_transaction
from mendloop.database.transactions import DatabaseBusy
from mendloop.notices.delivering import deliver_messages, forget_sent, wait_after
from mendloop.notices.models import NoticeSender
from mendloop.notices.outbox import Post
from mendloop.notices.preferences import is_on
from mendloop.notices.services import Channel, NotNow, open_channels
from mendloop.notices.telling import look_before_writing, tell_people

LEASE = dt.timedelta(seconds=90)
"""Longer than one message may take."""
EVERY = 20.0
log = structlog.get_logger()


class Sender:
    """Tells people over one channel. Two of them, in one process or in several, never do it at the same time."""

    def __init__(self, database: Database, config: Config, channel: Channel) -> None:
        self._database, self._config, self._channel = database, config, channel
        self._id = new_id()

    def run(self) -> int:
        """One round, unless somebody else is at it or the other side is to be left alone; how many messages arrived."""
        with open_session(self._database) as session:
            if self._is_to_be_left_alone(session) or not self._hold(session):
                return 0
            organisations = organisation_ids(session)
            session.rollback()
            try:
                answered = [each for organisation_id in organisations for each in self._serve(organisation_id, session)]
            except NotNow as failure:
                self._note_failure(session, str(failure))
                return 0
            self._note_end(session, answered)
            return sum(answered)

    def _serve(self, organisation_id: str, session: Session) -> list[bool]:
        nobody = Actor("", organisation_id, "", frozenset(), "en")
        with session_for(self._database, nobody) as own:
            if not is_on(own, nobody):
                return []
            post = Post(self._channel.name, self._config.public_url, utc_now())
            look_before_writing(own, nobody, post)
            own.rollback()
            run_write(own, lambda: self._prepare(own, nobody, post))
            return deliver_messages(own, nobody, self._channel, lambda: self._hold(session))

    def _prepare(self, session: Session, actor: Actor, post: Post) -> None:
        forget_sent(session, actor)
        tell_people(session, actor, post)

    def _hold(self, session: Session) -> bool:
        """Take the lease, or keep it for longer; False while another sender has it."""
        now = utc_now()
        run_write(session, lambda: self._row(session))
        free = NoticeSender.held_until.is_(None) | (NoticeSender.held_until < now) | (NoticeSender.holder == self._id)
        statement = update(NoticeSender).where(NoticeSender.channel == self._channel.name, free)
        with write_transaction(session):
            taken = session.execute(statement.values(holder=self._id, held_until=now + LEASE))
            return bool(taken.rowcount)  # type: ignore[attr-defined] # an UPDATE has one

    def _is_to_be_left_alone(self, session: Session) -> bool:
        row = session.get(NoticeSender, self._channel.name, populate_existing=True)
        return row is not None and row.try_at is not None and row.try_at > utc_now()

    def _note_failure(self, session: Session, words: str) -> None:
        log.warning("notices not delivered", channel=self._channel.name, problem=words)
        with write_transaction(session):
            row, now = self._row(session), utc_now()
            row.failures += 1
            row.failing_since, row.problem = row.failing_since or now, words
            row.try_at, row.held_until = now + wait_after(row.failures), None

    def _note_end(self, session: Session, answered: list[bool]) -> None:
        """What was wrong is over once the other side says anything to a message, and be it no."""
        with write_transaction(session):
            row = self._row(session)
            row.held_until = None
            if answered:
                row.failures, row.failing_since, row.problem, row.try_at = 0, None, None, None
            if any(answered):
                row.sent_at = utc_now()

    def _row(self, session: Session) -> NoticeSender:
        row = session.get(NoticeSender, self._channel.name, populate_existing=True)
        if row is None:
            row = NoticeSender(channel=self._channel.name, holder="", failures=0)
            session.add(row)
            session.flush()
        return row


def senders(database: Database, config: Config) -> list[Sender]:
    """One for each channel that is set up."""
    return [Sender(database, config, channel) for channel in open_channels(config)]


def keep_telling(database: Database, config: Config) -> None:
    """Tell people from now on, beside whatever this process does. What fails is tried again in the next round."""
    ours = senders(database, config)
    if ours:
        threading.Thread(target=_tell_for_ever, args=(ours,), name="notices", daemon=True).start()


def _tell_for_ever(ours: list[Sender]) -> None:
    while True:
        time.sleep(EVERY)
        for sender in ours:
            try:
                sender.run()
            except (SQLAlchemyError, DatabaseBusy) as failure:
                log.warning("notices are told later", problem=type(failure).__name__)
            except Exception:  # nobody starts this thread again: what is wrong now may be mended in the next round
                log.exception("notices are told later")
