"""What other features may ask: the nearest cases for a repair, and how often cases helped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.changes import newest_change
from mendloop.knowledge.indexing import search_knowledge
from mendloop.knowledge.push.asking import question_at_intake, question_of
from mendloop.knowledge.push.known import Known, known_by_id, known_for_products
from mendloop.knowledge.push.models import CaseVote
from mendloop.knowledge.push.votes import Votes, Word, own_votes, times_helped, vote_on_case
from mendloop.knowledge.push.wording import Names, why
from mendloop.knowledge.search.entries import EntryKind, Hit, Question
from mendloop.library.services import list_fault_codes, list_products
from mendloop.work_orders.services import WorkOrder, access_work_order, my_orders

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
    "what_my_phone_needs",
]
MOST_ON_PHONE = 300
OWN_WORK = ("product", "helped", "not_helped", "template")
"""Reasons that say nothing of the fault: alone they are no reason to show anything."""


@dataclass(frozen=True, slots=True)
class Found:
    """One that may help, with its reasons by their kind and in words of every language."""

    known: Known
    why: dict[str, str]
    reasons: tuple[tuple[str, str], ...] = ()
    mine: bool | None = None


@dataclass(frozen=True, slots=True)
class OnPhone:
    """What a phone keeps: it ranks by itself, and says of each why, without a network."""

    cases: Sequence[Known]
    votes: Sequence[CaseVote]
    names: Names = field(default_factory=Names)


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


def what_my_phone_needs(session: Session, actor: Actor) -> OnPhone:
    """Cases, articles and bulletins of the products in the actor's list, and what he has said of them."""
    orders: list[WorkOrder] = my_orders(session, actor)
    products = sorted({order.product for order in orders})
    known = known_for_products(session, actor, products, MOST_ON_PHONE)
    votes = own_votes(session, actor, [order.id for order in orders])
    return OnPhone(known, votes, _only_named(_names(session, actor, "", known), known))


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
    names = _names(session, actor, question.product, known.values())
    return [
        Found(
            known[hit.entry_id],
            why(hit.reasons, names),
            tuple((reason.kind, reason.detail) for reason in hit.reasons),
        )
        for hit in telling
        if hit.entry_id in known
    ]


def _only_named(names: Names, known: Sequence[Known]) -> Names:
    """What these name: an organisation may have thousands of codes and products."""
    codes = {code for each in known for code in (*each.faults, *each.cause_codes)}
    above = {
        "/".join(path[:end])
        for each in known
        for product in each.products
        if (path := product.split("/"))
        for end in range(1, len(path) + 1)
    }
    faults = {code: title for code, title in names.faults.items() if code in codes}
    products = {key: title for key, title in names.products.items() if key in above}
    return Names(names.product, faults, products, names.checks)


def _names(session: Session, actor: Actor, product: str, known: Iterable[Known]) -> Names:
    signs = {check.rstrip("+-"): label for each in known for check, label in each.signs.items()}
    faults = {code.code: code.title for code in list_fault_codes(session, actor)}
    products = {each.key: each.title for each in list_products(session, actor)}
    return Names(product, faults, products, signs)
