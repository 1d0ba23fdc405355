"""It helped, it did not: one word a person, case and order. Counting them changes what the next one is shown first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.knowledge.cases import lock_case
from mendloop.knowledge.joining import count_votes_changed
from mendloop.knowledge.push.models import CaseVote
from mendloop.work_orders.services import access_work_order


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says of a case: `helped` is None to take it back."""

    helped: bool | None
    at: dt.datetime
    place: str = ""


@dataclass(frozen=True, slots=True)
class Votes:
    """How many said of a case that it helped, and that it did not; someone who met it in two orders counts twice."""

    helped: int = 0
    not_helped: int = 0


def vote_on_case(session: Session, actor: Actor, order_id: str, case_id: str, word: Word) -> None:
    """Keep the word unless a later one is there. The same word told twice changes nothing the second time.

    The case is locked first: whoever votes at the same moment counts after this one, and with it.
    """
    access_work_order(session, actor, order_id)
    lock_case(session, actor, case_id)
    before = session.get(CaseVote, (actor.organisation_id, actor.person_id, case_id, order_id))
    kept = before or _empty(actor, case_id, order_id)
    said_at = min(word.at, utc_now())
    if before is not None and said_at < before.said_at:
        return
    is_other = kept.helped is not word.helped
    kept.helped, kept.place, kept.said_at = word.helped, word.place, said_at
    session.add(kept)
    session.flush()
    if is_other:
        votes = times_helped(session, actor, [case_id]).get(case_id, Votes())
        count_votes_changed(session, actor, case_id, votes.helped, votes.not_helped)


def times_helped(session: Session, actor: Actor, case_ids: Iterable[str]) -> dict[str, Votes]:
    """What was said of these cases; those of which nobody said anything are left out."""
    statement = (
        select(CaseVote.case_id, CaseVote.helped, func.count())
        .where(
            CaseVote.organisation_id == actor.organisation_id,
            CaseVote.case_id.in_(sorted(set(case_ids))),
            CaseVote.helped.is_not(None),
        )
        .group_by(CaseVote.case_id, CaseVote.helped)
    )
    counts: dict[str, dict[bool, int]] = {}
    for case_id, helped, count in session.execute(statement):
        counts.setdefault(case_id, {})[bool(helped)] = count
    return {case_id: Votes(found.get(True, 0), found.get(False, 0)) for case_id, found in counts.items()}


def own_votes(session: Session, actor: Actor, order_ids: Iterable[str]) -> list[CaseVote]:
    """What the actor has said in these orders, and not taken back."""
    statement = select(CaseVote).where(
        CaseVote.organisation_id == actor.organisation_id,
        CaseVote.person_id == actor.person_id,
        CaseVote.order_id.in_(sorted(set(order_ids))),
        CaseVote.helped.is_not(None),
    )
    return list(session.execute(statement.order_by(CaseVote.order_id, CaseVote.case_id)).scalars())


def _empty(actor: Actor, case_id: str, order_id: str) -> CaseVote:
    key = {"organisation_id": actor.organisation_id, "person_id": actor.person_id}
    return CaseVote(**key, case_id=case_id, order_id=order_id, helped=None)
