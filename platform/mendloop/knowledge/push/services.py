"""What other features may ask: the nearest cases for a repair, and how often cases helped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.changes import newest_change
from mendloop.knowledge.indexing import search_knowledge
from mendloop.knowledge.push.asking import question_at_intake, question_of
from mendloop.knowledge.push.known import Known, known_by_id
from mendloop.knowledge.push.models import CaseVote
from mendloop.knowledge.push.naming import names_for
from mendloop.knowledge.push.votes import Votes, Word, own_votes, times_helped, vote_on_case
from mendloop.knowledge.push.wording import why
from mendloop.knowledge.search.entries import EntryKind, Hit, Question
from mendloop.work_orders.services import access_work_order

__all__ = [
    "CaseVote",
    "Found",
    "Known",
    "Votes",
    "Word",
    "cases_at_intake",
    "cases_for_order",
    "search_everything",
    "times_helped",
    "vote_on_case",
]
OWN_WORK = ("product", "helped", "not_helped", "template")
"""Reasons that say nothing of the fault: alone they are no reason to show anything."""


@dataclass(frozen=True, slots=True)
class Found:
    """One that may help, with its reasons by their kind and in words of every language."""

    known: Known
    why: dict[str, str]
    reasons: tuple[tuple[str, str], ...] = ()
    mine: bool | None = None


def cases_for_order(
    session: Session, actor: Actor, data_folder: Path, order_id: str, at: str = "", limit: int = 5
) -> list[Found]:
    """The nearest for one order of the organisation, else `Missing`; `at`: the check that has just failed."""
    order = access_work_order(session, actor, order_id)
    question = question_of(session, actor, order, at, limit)
    said = {vote.case_id: vote.helped for vote in own_votes(session, actor, [order.id])}
    hits = sorted(_search(session, actor, data_folder, question), key=lambda hit: not _failed_at(hit, at))
    found = _found(session, actor, hits, question)
    return [Found(each.known, each.why, each.reasons, said.get(each.known.id)) for each in found]


def cases_at_intake(
    session: Session, actor: Actor, data_folder: Path, product: str, faults: Sequence[str], text: str
) -> list[Found]:
    """The nearest before there is an order."""
    if not (product and (faults or text.strip())):
        return []
    question = question_at_intake(product, faults, text)
    return _found(session, actor, _search(session, actor, data_folder, question), question)


def search_everything(
    session: Session, actor: Actor, data_folder: Path, text: str, kinds: tuple[EntryKind, ...] = (), limit: int = 30
) -> list[Found]:
    """What somebody looks for in his own words."""
    question = Question(text=text, kinds=kinds, limit=limit)
    hits = _search(session, actor, data_folder, question)
    known = known_by_id(session, actor, [hit.entry_id for hit in hits])
    return [Found(known[hit.entry_id], {}) for hit in hits if hit.entry_id in known]


def _failed_at(hit: Hit, at: str) -> bool:
    """Whether it failed at this very check: that comes first, whatever else fits."""
    place = at.rstrip("+-")
    return bool(at) and any(each.kind == "check" and each.detail.rstrip("+-") == place for each in hit.reasons)


def _search(session: Session, actor: Actor, data_folder: Path, question: Question) -> list[Hit]:
    """The hits. Where nothing was ever published no search is made to find that out."""
    if newest_change(session, actor).number == 0:
        return []
    return search_knowledge(session, actor, data_folder, question)


def _found(session: Session, actor: Actor, hits: Iterable[Hit], question: Question) -> list[Found]:
    telling = [hit for hit in hits if any(reason.kind not in OWN_WORK for reason in hit.reasons)]
    known = known_by_id(session, actor, [hit.entry_id for hit in telling])
    names = names_for(session, actor, question.product, known.values())
    return [
        Found(
            known[hit.entry_id],
            why(hit.reasons, names),
            tuple((reason.kind, reason.detail) for reason in hit.reasons),
        )
        for hit in telling
        if hit.entry_id in known
    ]
