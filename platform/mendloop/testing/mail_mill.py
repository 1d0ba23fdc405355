"""A workshop of which people are told by mail, with a mail server of its own, for tests."""

import datetime as dt
from dataclasses import dataclass, replace
from email.message import EmailMessage

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.config import Config, MailServer
from mendloop.database import Database, run_write, session_for
from mendloop.notices import collecting, preferences
from mendloop.notices.mail.smtp import NAME, Email
from mendloop.notices.models import NoticeMessage, NoticeSender
from mendloop.notices.sending import Sender
from mendloop.testing.cast import Cast
from mendloop.testing.post_office import PostOffice
from mendloop.testing.pump_shop import Workshop, put_up
from mendloop.work_orders.models import WorkOrder
from mendloop.work_orders.services import cancel_work_order

ALWAYS = "00:00"
"""An hour that is over at any time of the day."""


@dataclass(frozen=True)
class Mill:
    """The workshop, with somebody who is told by mail."""

    database: Database
    config: Config
    cast: Cast
    workshop: Workshop

    def wish(self, actor: Actor, **modes: str) -> None:
        """The actor is told at a confirmed address."""
        with session_for(self.database, actor) as session:
            run_write(session, lambda: self._confirmed(session, actor, modes))

    def _confirmed(self, session: Session, actor: Actor, modes: dict[str, str]) -> None:
        address = f"{actor.name.lower()}@mill.example"
        preferences.wish(session, actor, NAME, address, ALWAYS, modes)
        preferences.confirm(session, actor, NAME, address)

    def overdue(self, minutes: int = 30) -> str:
        """An order that should have been done so many minutes ago."""
        order, sue = self.workshop.open_order(), self.cast.sue
        own = (WorkOrder.organisation_id == sue.organisation_id, WorkOrder.id == order)
        due = utc_now() - dt.timedelta(minutes=minutes)
        with session_for(self.database, sue) as session:
            run_write(session, lambda: session.execute(update(WorkOrder).where(*own).values(due_at=due)))
        return order

    def cancel(self, order: str) -> None:
        with session_for(self.database, self.cast.sue) as session:
            run_write(session, lambda: cancel_work_order(session, self.cast.sue, order, "by mistake"))

    def sender(self) -> Sender:
        """A process that sends."""
        assert self.config.mail is not None  # noqa: S101 - this is a part for tests
        return Sender(self.database, self.config, Email(self.config.mail))

    def send(self) -> int:
        """One round of a process, with fresh eyes."""
        collecting.forget_all()
        return self.sender().run()

    def later(self, **passed: float) -> None:
        """So much time goes by for all that is sent and tried again."""
        ago = dt.timedelta(**passed)
        with session_for(self.database, self.cast.sue) as session:
            run_write(session, lambda: self._age(session, ago))

    def _age(self, session: Session, ago: dt.timedelta) -> None:
        own = NoticeMessage.organisation_id == self.cast.sue.organisation_id
        for row in session.execute(select(NoticeMessage).where(own)).scalars():
            row.made_at, row.try_at = row.made_at - ago, row.try_at - ago
            row.sent_at = row.sent_at - ago if row.sent_at else None
        for sender in session.execute(select(NoticeSender)).scalars():
            sender.try_at = sender.try_at - ago if sender.try_at else None
            sender.held_until = sender.held_until - ago if sender.held_until else None

    def messages(self) -> list[NoticeMessage]:
        own = NoticeMessage.organisation_id == self.cast.sue.organisation_id
        with session_for(self.database, self.cast.sue) as session:
            return list(session.execute(select(NoticeMessage).where(own).order_by(NoticeMessage.made_at)).scalars())


def with_mail(config: Config, office: PostOffice) -> Config:
    """Settings with that mail server."""
    server = MailServer("127.0.0.1", "mendloop@mill.example", office.port, "none")
    return replace(config, mail=server, public_url="https://mill.example")


def put_up_mill(database: Database, config: Config, cast: Cast) -> Mill:
    """Sue is told of overdue orders at once, and the organisation has switched mail on."""
    made = Mill(database, config, cast, put_up(database, cast))
    with session_for(database, cast.olive) as session:
        run_write(session, lambda: preferences.switch(session, cast.olive, on=True))
    made.wish(cast.sue, order_overdue="at_once", order_due_soon="never")
    return made


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None  # noqa: S101 - this is a part for tests
    return str(body.get_content())
