"""Organisations and people. Services take a session and an actor; the caller holds the write transaction."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from mendloop.accounts.actor import OWNER, ROLES, Actor
from mendloop.accounts.browser_sessions import end_sessions_of
from mendloop.accounts.models import Login, Organisation, Person
from mendloop.clock import utc_now
from mendloop.database import bind_organisation, new_id
from mendloop.problems import Conflict, Missing, Problem, Refusal

MIN_PASSWORD = 8
_SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,99}")


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is written down about a person. An empty password leaves the one they have."""

    name: str
    sign_in_name: str
    language: str
    roles: tuple[str, ...]
    work_roles: tuple[str, ...]
    active: bool = True
    password: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person with the name they sign in by."""

    person: Person
    sign_in_name: str


def found_organisation(
    session: Session, name: str, language: str, owner: PersonDetails, is_demo: bool = False
) -> tuple[Organisation, Person]:
    """Make an organisation and its first owner; the session works for it from here on."""
    organisation = Organisation(id=new_id(), name=name, language=language, is_demo=is_demo, created_at=utc_now())
    session.add(organisation)
    session.flush()
    bind_organisation(session, organisation.id)
    return organisation, _add(session, organisation.id, owner)


def find_actor(session: Session, organisation_id: str, person_id: str) -> tuple[Actor, str] | None:
    """The actor and the organisation's name; None when the person may not work there any more."""
    row = session.execute(
        select(Person, Organisation.name)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.organisation_id == organisation_id, Person.id == person_id, Person.active)
    ).one_or_none()
    return (actor_of(row[0]), row[1]) if row else None


def actor_of(person: Person) -> Actor:
    """The person as services see them."""
    return Actor(
        person_id=person.id,
        organisation_id=person.organisation_id,
        name=person.name,
        roles=frozenset(person.roles),
        language=person.language,
        work_roles=frozenset(person.template_roles),
    )


def access_person(session: Session, actor: Actor, person_id: str) -> Person:
    """The person, if they work in the actor's organisation; else the same `Missing` as for nobody."""
    person = session.get(Person, (actor.organisation_id, person_id))
    if person is None:
        raise Missing
    return person


def access_organisation(session: Session, actor: Actor) -> Organisation:
    """The actor's own organisation."""
    organisation = session.get(Organisation, actor.organisation_id)
    if organisation is None:
        raise Missing
    return organisation


def zone_of(organisation: Organisation) -> dt.tzinfo:
    """The organisation's time zone; UTC when this machine does not know it."""
    try:
        return ZoneInfo(organisation.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return dt.UTC


def organisation_ids(session: Session) -> list[str]:
    """Every organisation of this installation: for what its operator does to all of them."""
    return list(session.execute(select(Organisation.id).order_by(Organisation.id)).scalars())


def list_people(session: Session, actor: Actor) -> list[PersonLine]:
    """Everybody of the organisation, those who work there now first."""
    rows = session.execute(
        select(Person, Login.sign_in_name)
        .join(Login, (Login.organisation_id == Person.organisation_id) & (Login.person_id == Person.id))
        .where(Person.organisation_id == actor.organisation_id)
        .order_by(Person.active.desc(), Person.name)
    )
    return [PersonLine(person, name) for person, name in rows]


def people_with_role(session: Session, actor: Actor, role: str) -> list[Person]:
    """The active people who have one of the house's roles, by name."""
    return [line.person for line in list_people(session, actor) if line.person.active and role in line.person.roles]


def names_of_people(session: Session, actor: Actor) -> dict[str, str]:
    """Everybody's name by id, those who have left included: records keep naming them."""
    return {line.person.id: line.person.name for line in list_people(session, actor)}


def sign_in_name_of(session: Session, person: Person) -> str:
    """The name the person signs in by."""
    return _login_of(session, person).sign_in_name


def add_person(session: Session, actor: Actor, details: PersonDetails) -> Person:
    """Take somebody into the actor's organisation."""
    return _add(session, actor.organisation_id, details)


def change_person(session: Session, actor: Actor, person_id: str, details: PersonDetails) -> Person:
    """Write down new details. A new role or password signs the person out everywhere."""
    person = access_person(session, actor, person_id)
    login = _login_of(session, person)
    _check(session, details, login)
    _keep_an_owner(session, actor, person, details)
    before = (set(person.roles), person.active)
    _write(person, details)
    login = _rename(session, login, details.sign_in_name)
    if details.password:
        login.password_hash = generate_password_hash(details.password)
    if details.password or before != (set(person.roles), person.active):
        end_sessions_of(session, (person.organisation_id, person.id))
    return person


def change_own_language(session: Session, actor: Actor, language: str) -> None:
    """The language in which this person reads pages and steps."""
    access_person(session, actor, actor.person_id).language = language


def change_organisation(session: Session, actor: Actor, name: str, language: str, time_zone: str) -> None:
    """The organisation's own settings."""
    organisation = access_organisation(session, actor)
    organisation.name, organisation.language, organisation.time_zone = name, language, time_zone


def _add(session: Session, organisation_id: str, details: PersonDetails) -> Person:
    _check(session, details, None)
    person = Person(organisation_id=organisation_id, id=new_id(), created_at=utc_now())
    _write(person, details)
    session.add(person)
    session.flush()
    session.add(
        Login(
            sign_in_name=details.sign_in_name.lower(),
            organisation_id=organisation_id,
            person_id=person.id,
            password_hash=generate_password_hash(details.password),
        )
    )
    session.flush()
    return person


def _write(person: Person, details: PersonDetails) -> None:
    person.name, person.language, person.active = details.name, details.language, details.active
    person.roles = sorted(details.roles, key=ROLES.index)
    person.template_roles = sorted(details.work_roles)


def _login_of(session: Session, person: Person) -> Login:
    return session.execute(
        select(Login).where(Login.organisation_id == person.organisation_id, Login.person_id == person.id)
    ).scalar_one()


def _rename(session: Session, login: Login, sign_in_name: str) -> Login:
    login.sign_in_name = sign_in_name.lower()
    session.flush()
    return login


def _check(session: Session, details: PersonDetails, login: Login | None) -> None:
    problems = [*_faults(details, login is None)]
    holder = session.get(Login, details.sign_in_name.lower())
    if holder is not None and holder is not login:
        problems.append(Problem("person.sign_in_name_taken", at="/sign_in_name"))
    if problems:
        raise Refusal(problems)


def _faults(details: PersonDetails, is_new: bool) -> list[Problem]:
    faults = []
    if not details.name.strip():
        faults.append(Problem("person.name_missing", at="/name"))
    if not _SIGN_IN_NAME.fullmatch(details.sign_in_name.lower()):
        faults.append(Problem("person.sign_in_name_invalid", at="/sign_in_name"))
    if not details.roles or set(details.roles) - set(ROLES):
        faults.append(Problem("person.roles_missing", at="/roles"))
    if (is_new or details.password) and len(details.password) < MIN_PASSWORD:
        faults.append(Problem("person.password_short", at="/password", params={"count": MIN_PASSWORD}))
    return faults


def _keep_an_owner(session: Session, actor: Actor, person: Person, details: PersonDetails) -> None:
    if details.active and OWNER in details.roles:
        return
    others = [owner for owner in people_with_role(session, actor, OWNER) if owner.id != person.id]
    if OWNER in person.roles and not others:
        raise Conflict(Problem("person.last_owner", at="/roles"))


__all__ = [
    "Actor",
    "PersonDetails",
    "PersonLine",
    "access_organisation",
    "access_person",
    "actor_of",
    "add_person",
    "change_organisation",
    "change_own_language",
    "change_person",
    "find_actor",
    "found_organisation",
    "list_people",
    "names_of_people",
    "organisation_ids",
    "people_with_role",
    "sign_in_name_of",
    "zone_of",
]
