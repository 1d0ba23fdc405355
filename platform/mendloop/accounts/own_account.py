"""What everybody may do with their own account: change the password, sign out everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from mendloop.accounts.actor import Actor
from mendloop.accounts.browser_sessions import Owner, end_sessions_of
from mendloop.accounts.services import MIN_PASSWORD, access_person, sign_in_name_of
from mendloop.accounts.sign_in import (
    WrongPassword,
    check_delay,
    check_password,
    record_failure,
    record_success,
)
from mendloop.database import write_transaction
from mendloop.problems import Problem, Refusal


@dataclass(frozen=True, slots=True)
class NewPassword:
    """What somebody enters to change their password."""

    current: str
    new: str
    repeated: str


def change_own_password(session: Session, actor: Actor, given: NewPassword, address: str, token: str | None) -> None:
    """A new password for the old one; every session of the person but the one of `token` ends.

    It writes by itself: a wrong old password is counted although it is refused, with the delays that signing in has.
    Everything that is wrong is said at once.
    """
    name = own_sign_in_name(session, actor)
    check_delay(session, name, address)
    problems = [*_faults(given, name)]
    try:
        login = check_password(session, name, given.current)
    except WrongPassword as wrong:
        with write_transaction(session):
            record_failure(session, name, address)
        raise Refusal([Problem("own_password.wrong", at="/current"), *problems]) from wrong
    if problems:
        raise Refusal(problems)
    password_hash = generate_password_hash(given.new)
    with write_transaction(session):
        login.password_hash = password_hash
        record_success(session, name, address)
        end_sessions_of(session, owner_of(actor), keeping=token)


def sign_out_everywhere(session: Session, actor: Actor, token: str | None) -> None:
    """End every session of the person but the one of `token`, which the caller ends."""
    end_sessions_of(session, owner_of(actor), keeping=token)


def own_sign_in_name(session: Session, actor: Actor) -> str:
    """The name the actor signs in by."""
    return sign_in_name_of(session, access_person(session, actor, actor.person_id))


def owner_of(actor: Actor) -> Owner:
    """Whose sessions they are."""
    return actor.organisation_id, actor.person_id


def _faults(given: NewPassword, sign_in_name: str) -> Iterator[Problem]:
    if len(given.new) < MIN_PASSWORD:
        yield Problem("person.password_short", at="/new", params={"count": MIN_PASSWORD})
    elif given.new == given.current:
        yield Problem("own_password.same", at="/new")
    elif given.new.strip().lower() == sign_in_name:
        yield Problem("own_password.is_the_name", at="/new")
    if given.repeated != given.new:
        yield Problem("own_password.not_repeated", at="/repeated")
