"""How people want to be told: where, at which hour of the day, and of which kinds at once, once a day or never."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_organisation, zone_of
from mendloop.clock import utc_now
from mendloop.notices.models import NoticeAddress, NoticeSettings
from mendloop.notices.sources import MODES, Source, sources_for
from mendloop.problems import Missing, Problem, Refusal

USUAL_HOUR = "07:30"
SALT = "mendloop.notices.address"
LONGEST_TOKEN = 600
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants of one channel; `modes` are those of every kind they may see, the usual ones included."""

    address: str
    is_confirmed: bool
    problem: str
    daily_at: str
    modes: Mapping[str, str]


def is_on(session: Session, actor: Actor) -> bool:
    """Whether the organisation wants its people to be told by more than the inbox."""
    row = session.get(NoticeSettings, actor.organisation_id)
    return row is not None and row.is_on


def switch(session: Session, actor: Actor, *, on: bool) -> None:
    """The organisation's decision. In a write transaction."""
    row = session.get(NoticeSettings, actor.organisation_id, with_for_update=True)
    if row is None:
        row = NoticeSettings(organisation_id=actor.organisation_id)
        session.add(row)
    row.is_on, row.changed_at, row.changed_by = on, utc_now(), actor.person_id
    session.flush()


def wishes_of(session: Session, actor: Actor, channel: str) -> Wishes:
    """What the actor chose, and the usual where they chose nothing."""
    row = session.get(NoticeAddress, (actor.organisation_id, actor.person_id, channel))
    if row is None:
        return Wishes("", False, "", USUAL_HOUR, {source.key: source.mail for source in sources_for(actor)})
    return Wishes(row.address, row.confirmed_at is not None, row.problem or "", row.daily_at, modes_of(row, actor))


def modes_of(row: NoticeAddress, actor: Actor) -> dict[str, str]:
    """Of every kind that the actor may see now."""
    return {source.key: row.kinds.get(source.key, source.mail) for source in sources_for(actor)}


def wish(
    session: Session, actor: Actor, channel: str, address: str, daily_at: str, modes: Mapping[str, str]
) -> NoticeAddress:
    """Write down what the actor wants. Another address has to be confirmed anew. In a write transaction."""
    _check(address, daily_at)
    row = session.get(NoticeAddress, (actor.organisation_id, actor.person_id, channel), with_for_update=True)
    if row is None:
        row = NoticeAddress(
            organisation_id=actor.organisation_id, person_id=actor.person_id, channel=channel, daily_at=USUAL_HOUR
        )
        session.add(row)
    if row.address != address:
        row.address, row.confirmed_at = address, None
    row.problem = None
    if row.daily_at != daily_at or row.daily_on is None:
        row.daily_at, row.daily_on = daily_at, _today_if_over(session, actor, daily_at)
    row.kinds = {source.key: modes[source.key] for source in sources_for(actor) if _is_other(source, modes)}
    session.flush()
    return row


def confirm(session: Session, actor: Actor, channel: str, address: str) -> None:
    """Messages arrive there: the actor has read one. `Missing` where it is not their address any more."""
    row = session.get(NoticeAddress, (actor.organisation_id, actor.person_id, channel), with_for_update=True)
    if row is None or row.address != address:
        raise Missing
    row.confirmed_at = row.confirmed_at or utc_now()


def token_of(secret: str, row: NoticeAddress) -> str:
    """What the link in the message that asks for a confirmation ends with."""
    return str(_serializer(secret).dumps([row.organisation_id, row.person_id, row.channel, row.address]))


def read_token(secret: str, actor: Actor, token: str) -> tuple[str, str]:
    """The channel and the address it confirms; `Missing` where we did not make it for this very person."""
    if len(token) > LONGEST_TOKEN:
        raise Missing
    try:
        organisation_id, person_id, channel, address = _serializer(secret).loads(token)
    except (BadSignature, ValueError) as error:
        raise Missing from error
    if (organisation_id, person_id) != (actor.organisation_id, actor.person_id):
        raise Missing
    return str(channel), str(address)


def confirmed_addresses(session: Session, actor: Actor, channel: str) -> list[NoticeAddress]:
    """Everybody of the organisation who can be told over this channel."""
    row = NoticeAddress
    statement = select(row).where(row.organisation_id == actor.organisation_id, row.channel == channel)
    statement = statement.where(row.confirmed_at.is_not(None), row.problem.is_(None))
    return list(session.execute(statement.order_by(row.person_id)).scalars())


def zone_at(session: Session, actor: Actor) -> dt.tzinfo:
    """The zone in which the organisation's people read clocks."""
    return zone_of(access_organisation(session, actor))


def _today_if_over(session: Session, actor: Actor, daily_at: str) -> str | None:
    """The day that needs no message any more, because its hour is over already."""
    now = utc_now().astimezone(zone_at(session, actor))
    return now.date().isoformat() if now.strftime("%H:%M") >= daily_at else None


def _is_other(source: Source, modes: Mapping[str, str]) -> bool:
    return modes.get(source.key, source.mail) in MODES and modes.get(source.key, source.mail) != source.mail


def _check(address: str, daily_at: str) -> None:
    problems = []
    if address and (not _ADDRESS.fullmatch(address) or len(address) > 254):
        problems.append(Problem("notices.address_invalid", at="/address"))
    if not _HOUR.fullmatch(daily_at):
        problems.append(Problem("notices.hour_invalid", at="/daily_at"))
    if problems:
        raise Refusal(problems)


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=SALT)
