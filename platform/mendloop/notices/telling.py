"""Making messages of what waits: nothing is told twice, and what nobody has read yet is told as it stands now.

As long as the other side has not been given a message, it is made anew from what still waits. So a night without a
mail server loses nothing, and leaves one message to a person behind, not a hundred.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import find_actor
from mendloop.notices.collecting import everything_waiting
from mendloop.notices.inbox import WAITS, inbox_of
from mendloop.notices.letters import letter_of_confirmation, letter_of_waiting
from mendloop.notices.models import NoticeAddress, NoticeTold
from mendloop.notices.outbox import CONFIRM, Outbox, Post
from mendloop.notices.preferences import confirmed_addresses, modes_of, zone_at
from mendloop.notices.sources import AT_ONCE, DAILY, Waiting
from mendloop.notices.wording import Reader

QUIET = dt.timedelta(minutes=5)
"""Between two messages to one person: what comes in that time is told together."""
JUST_NOW, MAY_LAG = 2.0, 30.0
"""Seconds: what was found so lately need not be looked for again; what waits may be so much older than the message."""


def look_before_writing(session: Session, actor: Actor, post: Post) -> None:
    """Find what waits for everybody who will be told, so that nobody waits for it who wants to write."""
    for row in confirmed_addresses(session, actor, post.channel):
        found = find_actor(session, row.organisation_id, row.person_id)
        if found is not None:
            everything_waiting(session, found[0], JUST_NOW)


def tell_people(session: Session, actor: Actor, post: Post) -> None:
    """Make the messages that everybody of the organisation should have by now. In a write transaction."""
    zone = zone_at(session, actor)
    for row in confirmed_addresses(session, actor, post.channel):
        found = find_actor(session, row.organisation_id, row.person_id)
        if found is not None:
            _Teller(session, found[0], row, post, zone).tell()


def ask_to_confirm(session: Session, actor: Actor, row: NoticeAddress, post: Post, link: str) -> None:
    """Put a message on its way that asks whether it arrives. In a write transaction."""
    letter = letter_of_confirmation(Reader(actor.language, zone_at(session, actor)), actor.name, link)
    once = post.now.isoformat(timespec="minutes")
    Outbox(session, row, post).write(CONFIRM, letter, actor.language, (), once)


class _Teller:
    """Tells one person."""

    def __init__(self, session: Session, actor: Actor, row: NoticeAddress, post: Post, zone: dt.tzinfo) -> None:
        self._session, self._actor, self._row, self._post = session, actor, row, post
        self._reader = Reader(actor.language, zone)
        self._outbox = Outbox(session, row, post)

    def tell(self) -> None:
        lines, modes = inbox_of(self._session, self._actor, MAY_LAG), modes_of(self._row, self._actor)
        self._forget({line.waiting.id for line in lines})
        waiting = [line.waiting for line in lines if line.state == WAITS]
        self._at_once([each for each in waiting if modes.get(each.kind) == AT_ONCE])
        self._daily([each for each in waiting if modes.get(each.kind) == DAILY])

    def _at_once(self, waiting: Sequence[Waiting]) -> None:
        open_one, told = self._outbox.not_handed_over(AT_ONCE), self._told()
        fresh = {each.id for each in waiting if not _is_told(each, told)}
        if open_one is None and (not fresh or self._outbox.sent_since(AT_ONCE, self._post.now - QUIET)):
            return
        still = set(open_one.notices) if open_one is not None else set[str]()
        wanted = [each for each in waiting if each.id in fresh | still]
        if {each.id for each in wanted} == still:
            return
        self._send(AT_ONCE, wanted, self._today)
        for each in wanted:
            self._session.merge(NoticeTold(**self._key, notice=each.id, since=each.since, told_at=self._post.now))

    def _daily(self, waiting: Sequence[Waiting]) -> None:
        """Once a day; while it has not gone out, it is kept true."""
        row, open_one = self._row, self._outbox.not_handed_over(DAILY)
        local = self._post.now.astimezone(self._reader.zone)
        if local.strftime("%H:%M") >= row.daily_at and row.daily_on != self._today:
            row.daily_on = self._today
        elif open_one is None or set(open_one.notices) == {each.id for each in waiting}:
            return
        self._send(DAILY, waiting, row.daily_on or self._today)

    def _send(self, occasion: str, waiting: Sequence[Waiting], day: str) -> None:
        """In the place of what nobody has been given; nothing, where nothing waits any more."""
        before = self._outbox.take_back(occasion)
        if waiting:
            letter = letter_of_waiting(self._reader, waiting, self._post.base)
            named = day if occasion == DAILY else _named(waiting, day)
            self._outbox.write(occasion, letter, self._reader.language, waiting, named, before)

    @property
    def _today(self) -> str:
        return self._post.now.astimezone(self._reader.zone).date().isoformat()

    @property
    def _key(self) -> dict[str, str]:
        row = self._row
        return {"organisation_id": row.organisation_id, "person_id": row.person_id, "channel": row.channel}

    def _told(self) -> dict[str, NoticeTold]:
        statement = select(NoticeTold).filter_by(**self._key)
        return {told.notice: told for told in self._session.execute(statement).scalars()}

    def _forget(self, waiting: Collection[str]) -> None:
        """What waits no more would be news if it waited again."""
        for notice in self._told().keys() - set(waiting):
            self._session.execute(delete(NoticeTold).filter_by(**self._key, notice=notice))


def _named(waiting: Sequence[Waiting], day: str) -> str:
    """What a message tells of; what nobody knows the beginning of may be told again on another day."""
    return str(sorted(f"{each.id}@{each.since.isoformat() if each.since else day}" for each in waiting))


def _is_told(waiting: Waiting, told: dict[str, NoticeTold]) -> bool:
    before = told.get(waiting.id)
    if before is None:
        return False
    return waiting.since is None or before.since is None or waiting.since <= before.since
