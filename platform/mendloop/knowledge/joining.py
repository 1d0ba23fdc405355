"""Cases that are the same, cases that are superseded, and what can be taken back of it. Nothing is deleted."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.cases import check_reviewer, lock_case, publish_content, published_content
from mendloop.knowledge.changes import CASE, note_change
from mendloop.knowledge.models import Case
from mendloop.knowledge.roles import CLOSED, is_published
from mendloop.knowledge.rows import note_act
from mendloop.problems import Conflict, Problem

LONGEST_LINE = 100
"""Cases that supersede each other, one after the other."""


def family_of(session: Session, actor: Actor, case_id: str) -> list[Case]:
    """The case and all that were merged into it: whose votes and orders are its own now."""
    mine = (Case.organisation_id == actor.organisation_id, or_(Case.id == case_id, Case.merged_into == case_id))
    return list(session.execute(select(Case).where(*mine).order_by(Case.created_at, Case.id)).scalars())


def survivor_of(session: Session, actor: Actor, case: Case) -> Case:
    """The case that this one was merged into, or itself."""
    found = session.get(Case, (actor.organisation_id, case.merged_into)) if case.merged_into else None
    return found or case


def votes_of(session: Session, actor: Actor, case_id: str) -> tuple[int, int]:
    """How many said that it helped, and how many that it did not; those of merged cases with them."""
    family = family_of(session, actor, case_id)
    return sum(each.helped for each in family), sum(each.not_helped for each in family)


def orders_of(session: Session, actor: Actor, case_id: str) -> list[str]:
    """The ids of the orders that the case comes from, the first first."""
    return [each.order_id for each in family_of(session, actor, case_id) if each.order_id]


def merge_case(session: Session, actor: Actor, case_id: str, into_id: str, note: str = "") -> Case:
    """The case says the same as another one, which keeps its votes and orders. Answers the one that stays."""
    check_reviewer(actor)
    first, second = sorted((case_id, into_id))  # one order for everybody: nobody waits for each other
    locked = {each: lock_case(session, actor, each) for each in (first, second)}
    case, into = locked[case_id], locked[into_id]
    if case_id == into_id or not is_published(into):
        raise Conflict(Problem("case.no_survivor", at="/into"))
    if case.status in CLOSED:
        raise Conflict(Problem("case.closed"))
    for each in family_of(session, actor, case_id):
        each.merged_into = into_id
    case.status = "merged"
    note_act(session, actor, case, "merged", note, into_id)
    note_act(session, actor, into, "took_in", note, case_id)
    for changed in (case_id, into_id):
        note_change(session, actor, CASE, changed)
    return into


def retire_case(session: Session, actor: Actor, case_id: str, successor_id: str | None, note: str = "") -> Case:
    """It does not hold any more; `successor_id` names what does instead, where there is such a case."""
    check_reviewer(actor)
    case = lock_case(session, actor, case_id)
    if not is_published(case):
        raise Conflict(Problem("case.not_published"))
    if successor_id is not None:
        _check_successor(session, actor, case, lock_case(session, actor, successor_id))
    case.status, case.successor = "retired", successor_id
    note_act(session, actor, case, "retired", note, successor_id)
    note_change(session, actor, CASE, case_id)
    return case


def restore_case(session: Session, actor: Actor, case_id: str) -> Case:
    """What was retired or merged stands for itself again."""
    check_reviewer(actor)
    case = lock_case(session, actor, case_id)
    if case.status not in CLOSED:
        raise Conflict(Problem("case.not_closed"))
    into, case.merged_into, case.successor = case.merged_into, None, None
    case.status = "published" if case.version else "draft"
    note_act(session, actor, case, "restored", "", into)
    for each in filter(None, (case_id, into)):
        note_change(session, actor, CASE, each)
    return case


def restore_version(session: Session, actor: Actor, case_id: str, number: int) -> Case:
    """Publish an older version again, as the newest one."""
    check_reviewer(actor)
    case = lock_case(session, actor, case_id)
    if not is_published(case):
        raise Conflict(Problem("case.closed"))
    content = published_content(session, actor, case, number)
    publish_content(session, actor, case, content, "restored", f"{number} → {case.version + 1}")
    return case


def count_votes_changed(session: Session, actor: Actor, case_id: str, helped: int, not_helped: int) -> None:
    """The case's own votes are these many now: searches rank it by them from here on."""
    case = lock_case(session, actor, case_id)
    more, case.helped, case.not_helped = helped - case.helped, helped, not_helped
    session.flush()
    note_change(session, actor, CASE, case.id, more)
    if case.merged_into:
        note_change(session, actor, CASE, case.merged_into)


def _check_successor(session: Session, actor: Actor, case: Case, successor: Case) -> None:
    """It is published, and does not lead back here."""
    at: Case | None = successor
    for _ in range(LONGEST_LINE):
        if at is None:
            break
        if at.id == case.id:
            raise Conflict(Problem("case.successor_leads_back", at="/successor"))
        at = session.get(Case, (actor.organisation_id, at.successor)) if at.successor else None
    if not is_published(successor):
        raise Conflict(Problem("case.no_survivor", at="/successor"))
