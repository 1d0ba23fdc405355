"""What people say about what waits: seen, later, I do it. None of it deals with anything."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.accounts.services import access_person
from mendloop.clock import utc_now
from mendloop.notices.collecting import everything_waiting
from mendloop.notices.inbox import holds
from mendloop.notices.models import NoticeMark, NoticeTaking
from mendloop.notices.sources import Waiting
from mendloop.problems import Conflict, Missing, Problem, Refusal

FORGOTTEN = dt.timedelta(days=90)
LONGEST_LATER = dt.timedelta(days=60)


def find_waiting(session: Session, actor: Actor, notice: str) -> Waiting:
    """What waits under this id for the actor; `Missing` when it was dealt with, or never was theirs."""
    found = next((each for each in everything_waiting(session, actor) if each.id == notice), None)
    if found is None:
        raise Missing
    return found


def mark_seen(session: Session, actor: Actor, notices: Iterable[str]) -> None:
    """The actor has seen them; what is put off stays so. In a write transaction."""
    _forget_old(session, actor)
    for notice in dict.fromkeys(notices):
        _mark(session, actor, notice).marked_at = utc_now()


def put_off(session: Session, actor: Actor, notice: str, until: dt.datetime) -> None:
    """The actor wants to see it then, and not before. In a write transaction."""
    now = utc_now()
    if not now < until <= now + LONGEST_LATER:
        raise Refusal(Problem("notices.until_invalid", at="/until", params={"days": LONGEST_LATER.days}))
    find_waiting(session, actor, notice)
    row = _mark(session, actor, notice)
    row.marked_at, row.later_until = now, until


def bring_back(session: Session, actor: Actor, notice: str) -> None:
    """It shall be seen now after all. In a write transaction."""
    row = session.get(NoticeMark, (actor.organisation_id, actor.person_id, notice))
    if row is not None:
        row.later_until = None


def take(session: Session, actor: Actor, notice: str, instead_of: str = "") -> None:
    """The actor does it. Who has it already keeps it, unless it is they whom the actor means to do it `instead_of`.

    In a write transaction: of two who take at once the second is told of the first.
    """
    waiting, now = find_waiting(session, actor, notice), utc_now()
    row = session.get(NoticeTaking, (actor.organisation_id, notice), with_for_update=True, populate_existing=True)
    if row is None:
        row = NoticeTaking(organisation_id=actor.organisation_id, notice=notice)
        session.add(row)
    elif holds(row, waiting, now) and row.person_id not in (actor.person_id, instead_of):
        name = access_person(session, actor, row.person_id).name
        raise Conflict(Problem("notices.taken", params={"name": name}))
    row.person_id, row.taken_at = actor.person_id, now
    session.flush()


def give_back(session: Session, actor: Actor, notice: str) -> None:
    """The actor does not do it after all. In a write transaction."""
    row = session.get(NoticeTaking, (actor.organisation_id, notice), with_for_update=True)
    if row is not None and row.person_id == actor.person_id:
        session.delete(row)


def _mark(session: Session, actor: Actor, notice: str) -> NoticeMark:
    row = session.get(NoticeMark, (actor.organisation_id, actor.person_id, notice))
    if row is None:
        row = NoticeMark(organisation_id=actor.organisation_id, person_id=actor.person_id, notice=notice)
        session.add(row)
    return row


def _forget_old(session: Session, actor: Actor) -> None:
    """What nobody has marked anew for a quarter of a year is long dealt with, or may be new once more."""
    oldest = utc_now() - FORGOTTEN
    own = (NoticeMark.organisation_id == actor.organisation_id, NoticeMark.person_id == actor.person_id)
    session.execute(delete(NoticeMark).where(*own, NoticeMark.marked_at < oldest))
    everybody = NoticeTaking.organisation_id == actor.organisation_id
    session.execute(delete(NoticeTaking).where(everybody, NoticeTaking.taken_at < oldest))
