"""Who am I? The first question of every browser application."""

import datetime as dt

from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from pydantic import BaseModel

from mendloop.accounts.services import access_organisation, change_own_language, zone_of
from mendloop.api import Api, current_actor, current_session
from mendloop.api.routes import ANY_ROLE
from mendloop.clock import utc_now
from mendloop.database import write_transaction
from mendloop.edge.context import current_config
from mendloop.problems import Problem, Refusal
from mendloop.words import LANGUAGES

api = Api("accounts")


class SessionOut(BaseModel):
    """The signed-in person, and the token that every unsafe request must carry in X-CSRF-Token."""

    person_id: str
    name: str
    organisation_id: str
    organisation: str
    roles: list[str]
    work_roles: list[str]
    language: str
    time_zone: str
    """The organisation's: what people read on every screen is told on its clock, as in the record."""
    utc_offset_minutes: int
    """How far that clock is ahead of UTC now: a device on the same clock need not know time zones."""
    photo_bytes: int
    """How large a photo may be that is sent."""
    csrf_token: str


class LanguageIn(BaseModel):
    """The language in which the person wants to read."""

    language: str


@api.get("/session", roles=ANY_ROLE, response=SessionOut, summary="The signed-in person and the CSRF token")
def read_session() -> SessionOut:
    """What a browser application needs before its first command."""
    actor = current_actor()
    zone = zone_of(access_organisation(current_session(), actor))
    return SessionOut(
        person_id=actor.person_id,
        name=actor.name,
        organisation_id=actor.organisation_id,
        organisation=current_user.organisation_name,
        roles=sorted(actor.roles),
        work_roles=sorted(actor.work_roles),
        language=actor.language,
        time_zone=str(zone),
        utc_offset_minutes=_offset_now(zone),
        photo_bytes=current_config().photo_bytes,
        csrf_token=generate_csrf(),
    )


def _offset_now(zone: dt.tzinfo) -> int:
    ahead = utc_now().astimezone(zone).utcoffset() or dt.timedelta()
    return round(ahead.total_seconds() / 60)


@api.put("/session/language", roles=ANY_ROLE, request=LanguageIn, summary="Change the own language")
def choose_own_language(body: LanguageIn) -> None:
    """It counts from the next request on, on every device."""
    if body.language not in LANGUAGES:
        raise Refusal(Problem("language.unknown", at="/language"))
    with write_transaction(current_session()) as session:
        change_own_language(session, current_actor(), body.language)
