"""Messages on their way to one person over one channel, and those that have gone."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mendloop.notices.letters import Letter
from mendloop.notices.models import NoticeAddress, NoticeMessage
from mendloop.notices.sources import Waiting

WAITING, SENT, REFUSED, GIVEN_UP = "waiting", "sent", "refused", "given_up"
CONFIRM = "confirm"
_OURS = uuid.UUID("6f0d5a52-6f62-4d53-9d5e-8d3a0c6c2b11")


@dataclass(frozen=True, slots=True)
class Post:
    """One round of messages over one channel; `base` is where the installation is opened, empty where unknown."""

    channel: str
    base: str
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class Outbox:
    """What one person is sent."""

    session: Session
    row: NoticeAddress
    post: Post

    def write(
        self,
        occasion: str,
        letter: Letter,
        language: str,
        waiting: Sequence[Waiting],
        named: str,
        before: NoticeMessage | None = None,
    ) -> None:
        """Put a message on its way; what `named` it is made of decides its id, and the same arrives once.

        In the place of one `before`, it waits no shorter than that one would have.
        """
        message_id = str(uuid.uuid5(_OURS, f"{self.row.person_id} {self.row.channel} {occasion} {named}"))
        known = self.session.get(NoticeMessage, (self.row.organisation_id, message_id))
        if known is not None and known.state not in (REFUSED, GIVEN_UP):
            return
        if known is not None:
            self.session.delete(known)
            self.session.flush()
        self.session.add(
            NoticeMessage(
                organisation_id=self.row.organisation_id,
                id=message_id,
                person_id=self.row.person_id,
                channel=self.row.channel,
                occasion=occasion,
                address=self.row.address,
                language=language,
                subject=letter.subject,
                text=letter.text,
                html=letter.html,
                notices=[each.id for each in waiting],
                state=WAITING,
                attempts=before.attempts if before is not None else 0,
                made_at=self.post.now,
                try_at=before.try_at if before is not None else self.post.now,
                problem=before.problem if before is not None else None,
            )
        )
        self.session.flush()

    def not_handed_over(self, occasion: str) -> NoticeMessage | None:
        """The one that the other side has surely not been given."""
        statement = self._own(occasion).where(NoticeMessage.state == WAITING, NoticeMessage.handed.is_(False))
        return self.session.execute(statement).scalars().first()

    def take_back(self, occasion: str) -> NoticeMessage | None:
        """The same, and it is not sent any more."""
        found = self.not_handed_over(occasion)
        if found is not None:
            self.session.delete(found)
            self.session.flush()
        return found

    def sent_since(self, occasion: str, instant: dt.datetime) -> bool:
        """Whether one has gone out, or may have, since then."""
        gone = (NoticeMessage.sent_at >= instant) | NoticeMessage.handed.is_(True) & (NoticeMessage.state == WAITING)
        return self.session.execute(self._own(occasion).where(gone).limit(1)).scalars().first() is not None

    def _own(self, occasion: str) -> Select[NoticeMessage]:
        return select(NoticeMessage).where(
            NoticeMessage.organisation_id == self.row.organisation_id,
            NoticeMessage.person_id == self.row.person_id,
            NoticeMessage.channel == self.row.channel,
            NoticeMessage.occasion == occasion,
        )
